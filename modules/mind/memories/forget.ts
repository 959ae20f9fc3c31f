import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#contract";
import { tokenize } from "../language/tokens.ts";
import { holds, isSplit } from "../recall/holds.ts";
import type { Recall } from "../recall/recall.ts";
import { wordingsOf } from "./edit.ts";
import { idOf } from "./identity.ts";
import { uncountTerms } from "./index-terms.ts";

const MATCHES_MOST = 10_000;
const CHECKPOINT_TRIES = 40;
const TRACED_MOST_CHARS = 2000;
const TRACE_STEP_CHARS = 40;
const TRACE_CHARS = 16;
const TRACE_LEAST_CHARS = 6;

export interface Forgotten {
  readonly forgotten: number;
  readonly traces: readonly string[];
}

/**
 * Forgets memories for good, with every wording they had: row, index, vocabulary, vector, the insights drawn from them and the facts whose source they were. What
 * is deleted is overwritten; {@link settle} then takes it out of the write-ahead log and looks whether a copy is left.
 * @returns how many memories are gone, insights and earlier wordings not counted, and pieces of their text by which a copy would be known
 */
export function forget(db: Database, ids: readonly number[]): Forgotten {
  return db.transaction(() => {
    let forgotten = 0;
    const traces: string[] = [];
    for (const id of ids) {
      const wordings = wordingsOf(db, id);
      for (const wording of wordings) {
        for (const { insight } of db.sql("SELECT insight FROM mind_insight WHERE memory = ?").all(wording))
          erase(db, Number(insight), traces);
        erase(db, wording, traces);
      }
      if (wordings.length > 0) forgotten++;
    }
    return { forgotten, traces };
  });
}

/** Pieces of a text by which a copy of it is known. */
export function tracesOf(text: string): string[] {
  const traces: string[] = [];
  for (let at = 0; at < Math.min(text.length, TRACED_MOST_CHARS); at += TRACE_STEP_CHARS)
    traces.push(text.slice(at, at + TRACE_CHARS));
  return traces;
}

const AT_ONCE = 100;

/** {@link forget} in stretches that leave the event loop free. */
export async function forgetAll(db: () => Database, ids: readonly number[]): Promise<Forgotten> {
  const all = [...new Set(ids)];
  let forgotten = 0;
  const traces: string[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) {
    const done = forget(db(), all.slice(at, at + AT_ONCE));
    forgotten += done.forgotten;
    for (const trace of done.traces) traces.push(trace);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { forgotten, traces };
}

function erase(db: Database, id: number, traces: string[]): boolean {
  const row = db.sql("SELECT content, terms, length, thread FROM mind_memory WHERE id = ?").get(id);
  if (!row) return false;
  const content = String(row.content);
  traces.push(...tracesOf(content));
  db.sql("INSERT INTO mind_memory_fts (mind_memory_fts, rowid, terms) VALUES ('delete', ?, ?)").run(
    id,
    row.terms as string,
  );
  db.sql("DELETE FROM mind_memory WHERE id = ?").run(id);
  db.sql("DELETE FROM mind_vector WHERE memory = ?").run(id);
  db.sql("DELETE FROM mind_signature WHERE memory = ?").run(id);
  db.sql("DELETE FROM mind_dreamed WHERE insight = ?").run(id);
  db.sql("DELETE FROM mind_insight WHERE insight = ?1 OR memory = ?1").run(id);
  db.sql("DELETE FROM mind_fact WHERE source = ?").run(idOf("memory", id));
  // What it had taken the place of holds again.
  db.sql("UPDATE mind_memory SET superseded_by = NULL, valid_to = NULL WHERE superseded_by = ?").run(id);
  db.sql("UPDATE mind_count SET memories = memories - 1, tokens = tokens - ?").run(row.length as number);
  db.sql(
    "DELETE FROM mind_thread WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mind_memory WHERE thread = ?1)",
  ).run(row.thread as number | null);
  traces.push(...uncountTerms(db, String(row.terms)));
  return true;
}

/** Empties the write-ahead log into the file, so that no earlier copy stays in it. Waits for readers in between. */
async function emptyLog(db: Database): Promise<void> {
  for (let tries = 0; tries < CHECKPOINT_TRIES; tries++) {
    if (db.sql("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0) return;
    await sleep(50);
  }
}

/**
 * Sees to it that nothing of what was forgotten is left on the disk. SQLite overwrites what is deleted, but when it moves rows between
 * pages a copy may stay behind in unused space: the file is searched for one on the recall thread, and written anew if there is any.
 */
export async function settle(
  db: () => Database,
  traces: readonly string[],
  recall: Pick<Recall, "cleanse">,
): Promise<void> {
  const known = [...new Set(traces)].filter((trace) => trace.length >= TRACE_LEAST_CHARS);
  if (known.length === 0) return;
  await emptyLog(db());
  if (await recall.cleanse(db().path, known)) await emptyLog(db());
}

/**
 * The memories that hold every word of a query, in one form or another of the same letters. The index holds `10:30` as `10` and `30`:
 * whether they stand together is told by the memory's own terms.
 */
export function matching(db: Database, query: string): number[] {
  const terms = [...new Set(tokenize(query, 64).map(({ term }) => term))];
  if (terms.length === 0) return [];
  return db
    .sql(
      `SELECT id FROM mind_memory WHERE id IN (SELECT rowid FROM mind_memory_fts WHERE mind_memory_fts MATCH ?1)
         AND NOT EXISTS (SELECT 1 FROM json_each(?2) WHERE instr(' ' || terms || ' ', ' ' || value || ' ') = 0) LIMIT ${MATCHES_MOST}`,
    )
    .all(terms.map(holds).join(" AND "), JSON.stringify(terms.filter(isSplit)))
    .map(({ id }) => Number(id));
}

/** The memories of a conversation that say one of these texts, word for word. */
export const saidIn = (db: Database, session: string, texts: readonly string[]): number[] =>
  db
    .sql(
      "SELECT m.id FROM mind_memory m JOIN mind_thread t ON t.id = m.thread WHERE t.session = ? AND m.content IN (SELECT value FROM json_each(?))",
    )
    .all(session, JSON.stringify(texts))
    .map(({ id }) => Number(id));

export const ofSession = (db: Database, session: string): number[] =>
  db
    .sql("SELECT m.id FROM mind_memory m JOIN mind_thread t ON t.id = m.thread WHERE t.session = ?")
    .all(session)
    .map(({ id }) => Number(id));
