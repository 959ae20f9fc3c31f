import { fold as foldText } from "#contract";

const PLAIN = /^[\0-\x7f]*$/;

/** Scripts that put no spaces between words. */
const UNSPACED =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー々\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}";
const PIECE = new RegExp(`[${UNSPACED}]+|(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+`, "gu");
const STARTS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const WORD_LONGEST_CHARS = 48;
const TERMS_MOST = 5000;
/** What of a message is made findable, in characters: more than anybody writes by hand. */
const TEXT_MOST_CHARS = 65_536;
const SOUGHT_MOST = 16;

/** A text as it is compared: in lower case, without accents; `at[i]` is where its character `i` comes from. */
export interface Folded {
  readonly text: string;
  /** The text that the places are of: the same characters, composed. */
  readonly source: string;
  place(at: number): number;
}

/** Letters as they are compared: a language has few, and each takes long to find out. */
const foldedLetters = new Map<string, string>();
const LETTERS_KEPT_MOST = 32_768;

function foldLetter(letter: string): string {
  const known = foldedLetters.get(letter);
  if (known !== undefined) return known;
  const folded = foldText(letter);
  if (foldedLetters.size >= LETTERS_KEPT_MOST) foldedLetters.clear();
  foldedLetters.set(letter, folded);
  return folded;
}

/** Folds a text and keeps where each character comes from. */
export function fold(given: string): Folded {
  const source = given.normalize("NFC");
  if (PLAIN.test(source)) return { text: source.toLowerCase(), source, place: (at) => at };
  const places: number[] = [];
  let text = "";
  let from = 0;
  for (const letter of source) {
    const folded = foldLetter(letter);
    for (let n = 0; n < folded.length; n++) places.push(from);
    text += folded;
    from += letter.length;
  }
  return { text, source, place: (at) => places[at] ?? source.length };
}

/** A word that is sought, or a run of characters of a script without spaces. */
export interface Sought {
  readonly text: string;
  readonly unspaced: boolean;
}

const pieces = (folded: string): Sought[] =>
  [...folded.matchAll(PIECE)].map(([text]) => ({ text, unspaced: STARTS_UNSPACED.test(text) }));

/** Pairs of neighbouring characters, and the last one alone: so that each character begins a term. */
const pairs = (run: string, most = Number.POSITIVE_INFINITY): string[] => {
  const letters = [...run];
  return letters.slice(0, most).map((letter, at) => letter + (letters[at + 1] ?? ""));
};

/** The terms a text is found by, each once, as one text. */
export function termsOf(text: string): string {
  const terms = new Set<string>();
  for (const { text: piece, unspaced } of pieces(fold(text.slice(0, TEXT_MOST_CHARS)).text)) {
    const room = TERMS_MOST - terms.size;
    if (room <= 0) break;
    if (unspaced) for (const pair of pairs(piece, room)) terms.add(pair);
    else terms.add(piece.slice(0, WORD_LONGEST_CHARS));
  }
  return [...terms].join(" ");
}

export const soughtIn = (query: string): readonly Sought[] => pieces(fold(query).text).slice(0, SOUGHT_MOST);

/** What the index is asked for: every word, as the beginning of one that was said. */
export function matchOf(sought: readonly Sought[]): string {
  const terms = new Set<string>();
  for (const { text, unspaced } of sought) {
    const letters = [...text];
    if (unspaced && letters.length > 1) for (const pair of pairs(text).slice(0, -1)) terms.add(`"${pair}"`);
    else {
      const word = text.slice(0, WORD_LONGEST_CHARS);
      // A single letter of an alphabet begins too many words.
      terms.add(!unspaced && letters.length === 1 ? `"${word}"` : `"${word}"*`);
    }
  }
  return [...terms].join(" AND ");
}

const LETTER_BEFORE = /[\p{L}\p{M}\p{N}]$/u;

/** Where a piece stands in a folded text, from a place on: a word where a word begins; -1 where it does not. */
export function placeOf(text: string, { text: piece, unspaced }: Sought, from = 0): number {
  for (let at = text.indexOf(piece, from); at >= 0; at = text.indexOf(piece, at + 1))
    if (unspaced || at === 0 || !LETTER_BEFORE.test(text.slice(Math.max(0, at - 2), at))) return at;
  return -1;
}
