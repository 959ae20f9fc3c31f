import type { DatabaseSync } from "node:sqlite";
import { formsInEnglish } from "../language/english.ts";
import { formsOfOne, stem, wordGrams } from "../language/variants.ts";
import { prepared } from "./prepared.ts";

/** The words that memories are made of, and how many memories hold each. */
export interface Vocabulary {
  readonly texts: number;
  /** Mean number of tokens of a text. */
  readonly meanLength: number;
  count(term: string): number;
  /** Words that are forms of a word, by likeness (0…1); without the word itself. `english`: the word is, so only what is a form in English. */
  forms(word: string, english?: boolean): ReadonlyMap<string, number>;
  /** Words that are spelled much like an unknown word, or are parts of it, or hold it. */
  alike(word: string): ReadonlyMap<string, number>;
}

const RANGE_MOST = 400;
const FORMS_MOST = 12;
const LATIN = /^[a-z]+$/;
const ALIKE_LEAST = 0.6;

/** After every text with this prefix, in the order of UTF-8. */
const END = "\u{10ffff}";

/** The vocabulary in `mind_term`. */
export function storedVocabulary(db: DatabaseSync): Vocabulary {
  const { memories = 0, tokens = 0 } = prepared(
    db,
    "SELECT memories, tokens FROM mind_count",
  ).get() as Record<string, number>;
  const one = prepared(db, "SELECT memories FROM mind_term WHERE term = ?");
  const range = prepared(db, `SELECT term FROM mind_term WHERE term >= ? AND term < ? LIMIT ${RANGE_MOST}`);
  const grams = prepared(
    db,
    "SELECT term, count(*) AS shared FROM mind_gram WHERE gram IN (SELECT value FROM json_each(?)) GROUP BY term ORDER BY shared DESC LIMIT 50",
  );
  return {
    texts: memories,
    meanLength: memories === 0 ? 1 : Math.max(1, tokens / memories),
    count: (term) => Number((one.get(term) as { memories: number } | undefined)?.memories ?? 0),
    forms(word, english) {
      const prefix = stem(word);
      return prefix === undefined
        ? new Map()
        : best(word, range.all(prefix, prefix + END) as { term: string }[], english);
    },
    alike(word) {
      const own = wordGrams(word);
      const rows = grams.all(JSON.stringify(own)) as { term: string; shared: number }[];
      const found = rows.map(({ term, shared }): [string, number] => [
        term,
        likeness(word, term, own.length, shared),
      ]);
      return new Map(found.filter(([, like]) => like > 0).slice(0, FORMS_MOST));
    },
  };
}

/** The vocabulary of a few texts, given as their terms. */
export function vocabularyOf(texts: readonly (readonly string[])[]): Vocabulary {
  const counts = new Map<string, number>();
  let tokens = 0;
  for (const terms of texts) {
    tokens += terms.length;
    for (const term of new Set(terms)) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const all = [...counts.keys()].map((term) => ({ term }));
  return {
    texts: texts.length,
    meanLength: Math.max(1, tokens / Math.max(1, texts.length)),
    count: (term) => counts.get(term) ?? 0,
    forms: (word, english) => best(word, stem(word) === undefined ? [] : all, english),
    alike: () => new Map(),
  };
}

function best(
  word: string,
  rows: readonly { readonly term: string }[],
  english = false,
): ReadonlyMap<string, number> {
  const like = english && LATIN.test(word) ? formsInEnglish : formsOfOne;
  const found: [string, number][] = [];
  for (const { term } of rows) {
    if (term === word) continue;
    const share = like(word, term);
    if (share > 0) found.push([term, share]);
  }
  return new Map(found.sort((a, b) => b[1] - a[1] || a[0].length - b[0].length).slice(0, FORMS_MOST));
}

/** Words of four letters and more: a part of the other, or most of their triples shared. */
function likeness(a: string, b: string, gramsOfA: number, shared: number): number {
  if (a.length < 4 || b.length < 4) return 0;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.includes(short)) return short.length >= 5 || long.startsWith(short) ? 0.6 : 0;
  const dice = (2 * shared) / (gramsOfA + b.length);
  return dice >= ALIKE_LEAST ? 0.6 * dice : 0;
}
