import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "#contract";
import { tokenize } from "../language/tokens.ts";
import { idOf } from "./identity.ts";
import { uncountTerms } from "./index-terms.ts";
import { writing } from "./writing.ts";

const MATCHES_MOST = 10_000;
const CHECKPOINT_TRIES = 40;

/**
 * Forgets memories for good: row, index, vocabulary, vector, the insights drawn from them and the facts whose source they were. What
 * is deleted is overwritten; {@link settle} then takes it out of the write-ahead log.
 * @returns how many memories are gone, insights not counted
 */
export function forget(database: Database, ids: readonly number[]): number {
  const db = writing(database);
  return db.transaction(() => {
    let forgotten = 0;
    for (const id of ids) {
      for (const { insight } of db.sql("SELECT insight FROM mind_insight WHERE memory = ?").all(id))
        erase(db, Number(insight));
      if (erase(db, id)) forgotten++;
    }
    return forgotten;
  });
}

function erase(db: Database, id: number): boolean {
  const row = db.sql("SELECT terms, length, thread FROM mind_memory WHERE id = ?").get(id);
  if (!row) return false;
  db.sql("INSERT INTO mind_memory_fts (mind_memory_fts, rowid, terms) VALUES ('delete', ?, ?)").run(
    id,
    row.terms as string,
  );
  db.sql("DELETE FROM mind_memory WHERE id = ?").run(id);
  db.sql("DELETE FROM mind_vector WHERE memory = ?").run(id);
  db.sql("DELETE FROM mind_dreamed WHERE insight = ?").run(id);
  db.sql("DELETE FROM mind_insight WHERE insight = ?1 OR memory = ?1").run(id);
  db.sql("DELETE FROM mind_fact WHERE source = ?").run(idOf("memory", id));
  // What it had taken the place of holds again.
  db.sql("UPDATE mind_memory SET superseded_by = NULL, valid_to = NULL WHERE superseded_by = ?").run(id);
  db.sql("UPDATE mind_count SET memories = memories - 1, tokens = tokens - ?").run(row.length as number);
  db.sql(
    "DELETE FROM mind_thread WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM mind_memory WHERE thread = ?1)",
  ).run(row.thread as number | null);
  uncountTerms(db, String(row.terms));
  return true;
}

/** Empties the write-ahead log into the file, so that no earlier copy of what was forgotten stays in it. Waits for readers in between. */
export async function settle(db: Database): Promise<void> {
  for (let tries = 0; tries < CHECKPOINT_TRIES; tries++) {
    if (db.sql("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0) return;
    await sleep(50);
  }
}

/** The memories that hold every word of a query, in one form or another of the same letters. */
export function matching(db: Database, query: string): number[] {
  const terms = [...new Set(tokenize(query, 64).map(({ term }) => `"${term}"`))];
  if (terms.length === 0) return [];
  return db
    .sql(`SELECT rowid AS id FROM mind_memory_fts WHERE mind_memory_fts MATCH ? LIMIT ${MATCHES_MOST}`)
    .all(terms.join(" AND "))
    .map(({ id }) => Number(id));
}

export const ofSession = (db: Database, session: string): number[] =>
  db
    .sql("SELECT m.id FROM mind_memory m JOIN mind_thread t ON t.id = m.thread WHERE t.session = ?")
    .all(session)
    .map(({ id }) => Number(id));
