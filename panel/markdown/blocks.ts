import { type Links, outline } from "./grammar.ts";

/** A text taken apart into blocks. Those before the last cannot change any more as the text grows. */
export interface Blocks {
  readonly text: string;
  readonly done: readonly string[];
  /** Where the last block begins. */
  readonly from: number;
  readonly last: string;
  readonly links: Links;
}

const NONE: Blocks = { text: "", done: [], from: 0, last: "", links: {} };

/** Takes a text apart. Where it goes on from `before`, only what comes after the blocks that are done is looked at. */
export function splitBlocks(text: string, before: Blocks = NONE): Blocks {
  const known = text.startsWith(before.text) ? before : NONE;
  const tokens = outline(text.slice(known.from));
  // What is followed by white space alone may still go on: a list, a paragraph.
  const open = tokens.findLastIndex(({ type }) => type !== "space" && type !== "def");
  const ready = tokens.slice(0, Math.max(0, open));
  const from = known.from + ready.reduce((sum, { raw }) => sum + raw.length, 0);
  const links = { ...known.links };
  for (const token of tokens)
    if (token.type === "def" && links[token.tag] === undefined)
      links[token.tag] = { href: token.href, title: token.title };
  const done = ready.flatMap(({ type, raw }) => (type === "space" || type === "def" ? [] : [raw]));
  return {
    text,
    done: done.length === 0 ? known.done : [...known.done, ...done],
    from,
    last: text.slice(from),
    links,
  };
}
