import { type Folded, placeOf, type Sought } from "./words.ts";

const BEFORE_CHARS = 60;
const EXCERPT_CHARS = 200;
const MARKS_MOST = 16;
const SPACE = /\s/;

export interface Mark {
  readonly from: number;
  readonly to: number;
}
export interface Excerpt {
  readonly text: string;
  /** Where the words that were sought stand in it. */
  readonly marks: readonly Mark[];
}

/** A line of a text around the first of the words that are sought in it; `undefined` where one of them is missing. */
export function excerptOf(folded: Folded, sought: readonly Sought[]): Excerpt | undefined {
  const firsts = sought.map((piece) => placeOf(folded.text, piece));
  if (firsts.some((at) => at < 0)) return undefined;
  const { source } = folded;
  const begin = wordBegin(source, folded.place(Math.min(...firsts)) - BEFORE_CHARS);
  const end = wordEnd(source, begin + EXCERPT_CHARS);
  const lead = begin > 0 ? "…" : "";
  const text = `${lead}${source.slice(begin, end).replace(/\s/g, " ")}${end < source.length ? "…" : ""}`;
  const offset = lead.length - begin;
  const marks = marksIn(folded, sought, begin, end).map(({ from, to }) => ({
    from: from + offset,
    to: to + offset,
  }));
  return { text, marks };
}

function marksIn(folded: Folded, sought: readonly Sought[], begin: number, end: number): Mark[] {
  const found: Mark[] = [];
  for (const piece of sought) {
    for (let at = placeOf(folded.text, piece); at >= 0; at = placeOf(folded.text, piece, at + 1)) {
      const mark = { from: folded.place(at), to: folded.place(at + piece.text.length) };
      if (mark.to > end) break;
      if (mark.from >= begin) found.push(mark);
      if (found.length >= MARKS_MOST) break;
    }
  }
  found.sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: Mark[] = [];
  for (const mark of found) if (mark.from >= (apart.at(-1)?.to ?? 0)) apart.push(mark);
  return apart;
}

/** The begin of a word near a place, or the place itself in a text without spaces. */
function wordBegin(text: string, near: number): number {
  if (near <= 0) return 0;
  for (let at = near; at > near - 20 && at > 0; at--) if (SPACE.test(text[at - 1] as string)) return at;
  return whole(text, near);
}

function wordEnd(text: string, near: number): number {
  if (near >= text.length) return text.length;
  for (let at = near; at > near - 20; at--) if (SPACE.test(text[at] as string)) return at;
  return whole(text, near);
}

/** Not in the middle of a character. */
const whole = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
};
