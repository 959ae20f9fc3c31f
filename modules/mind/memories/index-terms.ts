import { type Database, fold } from "#contract";
import { kindsIn } from "../language/kinds.ts";
import { type Token, termsOf } from "../language/tokens.ts";
import { wordGrams } from "../language/variants.ts";
import { filterTerm, kindTerm } from "../recall/marks.ts";

export interface Indexed {
  readonly tokens: readonly Token[];
  readonly speaker: string | null;
  readonly wing: string | null;
  readonly room: string | null;
  readonly kind: string;
}

const GRAMS_FROM = 4;
const WORD = /^[\p{L}\p{M}]+$/u;

/** The terms a memory is found by, as one text; see `tables.ts`. */
export function indexTerms({ tokens, speaker, wing, room, kind }: Indexed): string {
  const terms = tokens.map(({ term }) => term);
  if (room !== null) terms.push(...termsOf(room));
  if (speaker !== null) terms.push(...termsOf(fold(speaker)).map((name) => `@${name}`));
  if (wing !== null) terms.push(filterTerm("w", wing));
  terms.push(filterTerm("k", kind));
  for (const one of kindsIn(tokens)) terms.push(kindTerm(one));
  return terms.join(" ");
}

/** Counts the terms of a memory in the vocabulary. */
export function countTerms(db: Database, terms: string): void {
  const update = db.sql("UPDATE mind_term SET memories = memories + 1 WHERE term = ?");
  for (const term of counted(terms)) {
    if (update.run(term).changes > 0) continue;
    db.sql("INSERT INTO mind_term VALUES (?, 1)").run(term);
    if (hasGrams(term))
      db.sql("INSERT OR IGNORE INTO mind_gram SELECT value, ? FROM json_each(?)").run(
        term,
        JSON.stringify(wordGrams(term)),
      );
  }
}

/** Takes the terms of a memory out of the vocabulary; a word that no other memory holds leaves no trace. Gives those words. */
export function uncountTerms(db: Database, terms: string): string[] {
  const gone: string[] = [];
  for (const term of counted(terms)) {
    db.sql("UPDATE mind_term SET memories = memories - 1 WHERE term = ?").run(term);
    if (db.sql("DELETE FROM mind_term WHERE term = ? AND memories <= 0").run(term).changes === 0) continue;
    gone.push(term.replace(/^@/, ""));
    if (!hasGrams(term)) continue;
    db.sql("DELETE FROM mind_gram WHERE gram IN (SELECT value FROM json_each(?)) AND term = ?").run(
      JSON.stringify(wordGrams(term)),
      term,
    );
  }
  return gone;
}

const counted = (terms: string): ReadonlySet<string> =>
  new Set(terms.split(" ").filter((term) => !/^\^[wk]/.test(term)));
const hasGrams = (term: string): boolean => term.length >= GRAMS_FROM && WORD.test(term);
