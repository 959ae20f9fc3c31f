const PART_OF_A_WORD = /[\p{L}\p{N}_]/u;
/** What continues a URL, a path or a command where it is not meant to end. */
const CONTINUES = /[\p{L}\p{N}_/?#&=%~-]/u;

const normal = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();

/**
 * Does a text stand in one of the others as it is: whole, not as the beginning or the middle of something longer? Case and white
 * space do not count; a slash at the end of an address does not either.
 */
export function appearsIn(text: string, texts: readonly string[]): boolean {
  const wanted = normal(text).replace(/\/$/, "");
  if (wanted === "") return false;
  return texts.some((one) => occurs(wanted, normal(one)));
}

function occurs(wanted: string, text: string): boolean {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text[at - 1] ?? " ";
    const rest = text.slice(at + wanted.length);
    const after = rest.startsWith("/") && !CONTINUES.test(rest[1] ?? " ") ? " " : (rest[0] ?? " ");
    const dotted = after === "." && PART_OF_A_WORD.test(rest[1] ?? " ");
    if (!PART_OF_A_WORD.test(before) && !CONTINUES.test(after) && !dotted) return true;
  }
  return false;
}
