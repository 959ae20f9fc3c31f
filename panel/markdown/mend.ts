const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const MARKERS = ["**", "__", "~~", "*", "`"] as const;

/**
 * Closes what the last block of a text that is still being written has begun and not ended yet, so that emphasis does not flicker
 * and half a link is not shown as its source.
 */
export function mend(block: string): string {
  if (FENCE.test(block) || /^ {0,3}(?:\$\$|\\\[)/.test(block)) return block;
  const line = block.lastIndexOf("\n") + 1;
  const before = block.slice(0, line);
  let last = block.slice(line);
  // A link or picture whose address has not ended: its words alone.
  last = last.replace(/!?\[([^\]\n]*)\]\([^)\n]*$/, "$1").replace(/!?\[([^\]\n]*)$/, "$1");
  // A marker with nothing behind it yet.
  last = last.replace(/(?:^|(?<=\s))(?:\*{1,3}|_{1,2}|~{1,2}|`{1,2})$/, "");
  const paragraph = paragraphOf(before) + last;
  const open: string[] = [];
  for (let at = 0; at < paragraph.length; ) {
    if (paragraph[at] === "\\") {
      at += 2;
      continue;
    }
    const marker = MARKERS.find((one) => paragraph.startsWith(one, at));
    if (!marker) {
      at++;
      continue;
    }
    const inCode = open.at(-1) === "`";
    if (inCode ? marker === "`" : open.at(-1) === marker) open.pop();
    else if (!inCode && opens(paragraph, at, marker)) open.push(marker);
    at += marker.length;
  }
  if (open.length === 0) return before + last;
  return before + last.trimEnd() + open.reverse().join("");
}

/** The lines of the paragraph before the last line; emphasis does not reach over an empty line or out of a list's item. */
function paragraphOf(before: string): string {
  const lines = before.split("\n");
  const begin = lines.findLastIndex(
    (one, index) => index < lines.length - 1 && /^\s*$|^\s*(?:[-*+]|\d+[.)])\s/.test(one),
  );
  const from = begin < 0 ? 0 : /^\s*$/.test(lines[begin] ?? "") ? begin + 1 : begin;
  return lines
    .slice(from)
    .join("\n")
    .replace(/^(\s*)[-*+](?=\s)/, "$1 ");
}

/** A marker opens where text follows it; a bullet, a product or a name with underscores is no emphasis. */
function opens(text: string, at: number, marker: string): boolean {
  const next = text[at + marker.length];
  if (next === undefined || /\s/.test(next)) return false;
  const previous = text[at - 1];
  return marker !== "__" || previous === undefined || !/\w/.test(previous);
}
