import { fold } from "#contract";

/** Scripts that put no spaces between words and whose characters mean something alone: indexed as pairs. */
const IDEOGRAPHS = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々";
/** Scripts that put no spaces between words and spell sounds: indexed as triples. */
const UNSPACED = "\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}";
const PIECE = new RegExp(
  `[${IDEOGRAPHS}]+|[${UNSPACED}]+|\\p{N}+(?:[.,:/-]\\p{N}+)*|(?:(?![${IDEOGRAPHS}${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`,
  "gu",
);
const STARTS_IDEOGRAPH = new RegExp(`^[${IDEOGRAPHS}]`, "u");
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const HAN = /^\p{Script=Han}$/u;
/** What an apostrophe leaves behind: 's, 't, l', d', 'll, 're, 've. */
const REMNANT = /^(?:[a-z]|ll|re|ve|qu)$/;
const WORD_LONGEST = 64;

/** A searchable unit of a text: a folded word, a number, or a pair or triple of characters of a script without spaces. */
export interface Token {
  readonly term: string;
  /** Written with a capital, or holding a digit: perhaps a name, a number, a date. */
  readonly named: boolean;
  /** One of several pieces of an unspaced run, which each say less than a word. */
  readonly gram: boolean;
  /** The first word of a sentence, where a capital says nothing. */
  readonly first: boolean;
}

/** The tokens of a text in order, in any language. */
export function tokenize(text: string, most = 20_000): Token[] {
  const tokens: Token[] = [];
  const clean = text.normalize("NFKC");
  let end = 0;
  let first = true;
  for (const match of clean.matchAll(PIECE)) {
    const piece = match[0];
    const gap = clean.slice(end, match.index);
    const apostrophe = gap === "'" || gap === "’";
    first = tokens.length === 0 || (first && apostrophe) || /[.!?:\n。！？…"“]/.test(gap);
    end = match.index + piece.length;
    if (tokens.length >= most) break;
    if (STARTS_IDEOGRAPH.test(piece)) grams(tokens, fold(piece), 2);
    else if (STARTS_UNSPACED.test(piece)) grams(tokens, fold(piece), 3);
    else {
      const term = fold(piece).slice(0, WORD_LONGEST);
      const beside = apostrophe || /^['’]\p{L}/u.test(clean.slice(end, end + 2));
      if (term === "" || (beside && REMNANT.test(term))) continue;
      const named = /^\p{N}/u.test(piece) || /\p{Lu}/u.test(piece[0] as string) || /.\p{Lu}/u.test(piece);
      tokens.push({ term: term.replaceAll(",", ""), named, gram: false, first });
    }
  }
  return tokens;
}

function grams(tokens: Token[], run: string, size: 2 | 3): void {
  const letters = [...run];
  if (letters.length < size) {
    tokens.push({ term: run, named: false, gram: letters.length === 1, first: false });
    return;
  }
  for (let at = 0; at + size <= letters.length; at++) {
    tokens.push({ term: letters.slice(at, at + size).join(""), named: false, gram: true, first: false });
  }
  // A single Han character is often a word: found by itself, and not as the end of a pair only.
  if (size === 2) {
    for (const letter of letters)
      if (HAN.test(letter)) tokens.push({ term: letter, named: false, gram: true, first: false });
  }
}

/** The terms of a text for the index, each as often as it stands there. */
export const termsOf = (text: string, most?: number): string[] =>
  tokenize(text, most).map(({ term }) => term);
