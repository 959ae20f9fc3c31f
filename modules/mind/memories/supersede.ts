import type { Database } from "#contract";
import { functionWordsIn } from "../language/function-words.ts";
import { type Token, termsOf } from "../language/tokens.ts";
import { holds } from "../recall/holds.ts";

/** Words that make the rest of a sentence the value of its beginning, and words that say that something has changed. */
const COPULAS = new Set(
  "is are ist sind heisst est sont es son esta e sao sono is zijn ar adalah ialah jest это היא הוא で は 是".split(
    " ",
  ),
);
const CHANGES = new Set(
  "now instead anymore longer moved changed switched jetzt nun statt stattdessen mehr maintenant plutot desormais ahora agora invece ora nu istället sekarang теперь teraz".split(
    " ",
  ),
);
const KINDS = new Set(["fact", "preference", "said"]);
const ALIKE_MOST = 50;
const TAIL_MOST = 6;

export interface Statement {
  readonly id: number;
  readonly tokens: readonly Token[];
  readonly kind: string;
  readonly wing: string | null;
  readonly room: string | null;
  readonly speaker: string | null;
  readonly from: number;
}

/**
 * Lets a newer fact take the place of an older one that says another value of the same thing: the older keeps its row and ends where
 * the newer begins. Told by form alone and with care: the same beginning, then a copula, a number, or a word of change.
 */
export function supersede(db: Database, statement: Statement): void {
  const { id, tokens, kind, wing, room, speaker, from } = statement;
  const terms = tokens.map(({ term }) => term);
  if (!KINDS.has(kind) || terms.length < 3 || terms.length > 40) return;
  const functionWords = functionWordsIn(terms);
  const beginning = terms.slice(0, Math.ceil(terms.length / 2)).filter((term) => !functionWords.has(term));
  if (beginning.length === 0) return;
  const match = beginning.map(holds).join(" AND ");
  const rows = db
    .sql(
      `SELECT id, content, coalesce(valid_from, at) AS valid_from FROM mind_memory
       WHERE id IN (SELECT rowid FROM mind_memory_fts WHERE mind_memory_fts MATCH ?1 ORDER BY rowid DESC LIMIT ${ALIKE_MOST})
         AND id <> ?2 AND kind IN ('fact', 'preference', 'said') AND superseded_by IS NULL AND wing IS ?3 AND room IS ?4 AND speaker IS ?5`,
    )
    .all(match, id, wing, room, speaker);
  for (const row of rows) {
    const other = termsOf(String(row.content));
    if (!sameThing(terms, other, functionWords)) continue;
    const theirs = Number(row.valid_from);
    const [older, newer, ends] = theirs <= from ? [Number(row.id), id, from] : [id, Number(row.id), theirs];
    db.sql("UPDATE mind_memory SET valid_to = ?, superseded_by = ? WHERE id = ?").run(ends, newer, older);
  }
}

function sameThing(
  mine: readonly string[],
  theirs: readonly string[],
  functionWords: ReadonlySet<string>,
): boolean {
  const [a, b] = [mine, theirs].map((terms) => terms.filter((term) => !CHANGES.has(term))) as [
    string[],
    string[],
  ];
  let shared = 0;
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++;
  const [tailA, tailB] = [a.slice(shared), b.slice(shared)];
  if (
    shared < 2 ||
    tailA.length === 0 ||
    tailB.length === 0 ||
    Math.max(tailA.length, tailB.length) > TAIL_MOST
  )
    return false;
  if (shared < Math.min(a.length, b.length) / 2) return false;
  const subject = a.slice(0, shared).filter((term) => !functionWords.has(term)).length;
  const changed = mine.some((term) => CHANGES.has(term));
  const numbers = [tailA[0], tailB[0]].every((term) => /^\p{N}/u.test(term as string));
  const value = COPULAS.has(a[shared - 1] as string) || a.slice(0, shared).some((term) => COPULAS.has(term));
  return (subject >= 1 && (changed || numbers)) || (subject >= 2 && value);
}
