import type { Database, SqlValue } from "#contract";

/** What is kept in a conversation besides memories, and which of its columns hold words. */
const KEPT = {
  mind_lesson: ["situation", "mistake", "better"],
  mind_diary: ["text"],
  mind_todo: ["text"],
  mind_fact: ["subject", "predicate", "object"],
} as const;

/**
 * Forgets the lessons, diary entries, things to do and facts of a conversation, and what was noted of its recalls. A fact that one
 * of them had ended holds again.
 * @returns how many, and their words
 */
export function forgetKept(db: Database, session: string): { forgotten: number; texts: string[] } {
  return db.transaction(() => {
    const texts = forgetRecalled(db, session);
    let forgotten = 0;
    db.sql(
      `UPDATE mind_fact AS old SET valid_to = NULL WHERE valid_to IS NOT NULL AND EXISTS (
         SELECT 1 FROM mind_fact new WHERE new.session = ? AND new.subject_key = old.subject_key
           AND new.predicate_key = old.predicate_key AND new.valid_from = old.valid_to)`,
    ).run(session);
    db.sql(
      "DELETE FROM mind_lesson_event WHERE lesson IN (SELECT id FROM mind_lesson WHERE session = ?)",
    ).run(session);
    for (const [table, columns] of Object.entries(KEPT)) {
      const rows = db
        .sql(`DELETE FROM ${table} WHERE session = ? RETURNING ${columns.join(", ")}`)
        .all(session);
      forgotten += rows.length;
      texts.push(
        ...rows.flatMap((row) => columns.map((column) => String(row[column] satisfies SqlValue | undefined))),
      );
    }
    return { forgotten, texts };
  });
}

/** Why something was recalled says words of it. */
export const forgetRecalled = (db: Database, session: string): string[] =>
  db
    .sql("DELETE FROM mind_recalled WHERE session = ? RETURNING pieces")
    .all(session)
    .map(({ pieces }) => String(pieces));
