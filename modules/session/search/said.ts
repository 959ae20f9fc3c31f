import type { Database, LlmMessage } from "#contract";
import { textOf } from "../title.ts";
import { termsOf } from "./words.ts";

/** How long the indexing of what was left over may hold up everybody else, milliseconds. */
const SLICE_MS = 5;

/** Makes what a user or an agent said findable; to be called in the transaction that writes the entry. */
export function index(state: Database, session: string, n: number, message: LlmMessage): void {
  if (!isSaid(message)) return;
  const terms = termsOf(textOf(message));
  if (terms === "") return;
  state.sql("INSERT INTO session_said (session, n, terms) VALUES (?, ?, ?)").run(session, n, terms);
  state
    .sql(
      "INSERT INTO session_said_fts (rowid, terms) SELECT id, terms FROM session_said WHERE session = ? AND n = ?",
    )
    .run(session, n);
}

const isSaid = ({ role }: LlmMessage): boolean => role === "user" || role === "assistant";

/** Leaves entries that were written without it to {@link indexSome}. */
export function indexLater(state: Database, session: string): void {
  state
    .sql(
      `INSERT OR IGNORE INTO session_said (session, n) SELECT session, n FROM session_entry
         WHERE session = ? AND kind = 'message' AND superseded = 0 ORDER BY n`,
    )
    .run(session);
}

/**
 * An entry is no longer found; the index keeps nothing of it.
 * @returns the terms that were indexed, for looking whether a copy of them is left on the disk
 */
export function unindex(state: Database, session: string, n: number): string | undefined {
  state
    .sql(
      `INSERT INTO session_said_fts (session_said_fts, rowid, terms)
         SELECT 'delete', id, terms FROM session_said WHERE session = ? AND n = ? AND terms IS NOT NULL`,
    )
    .run(session, n);
  const terms = state
    .sql("DELETE FROM session_said WHERE session = ? AND n = ? RETURNING terms")
    .get(session, n)?.terms;
  return typeof terms === "string" ? terms : undefined;
}

const holds = (state: Database, term: string): boolean =>
  state.sql("SELECT 1 FROM session_said_fts WHERE session_said_fts MATCH ? LIMIT 1").get(`"${term}"`) !==
  undefined;

/** Those of these terms that no other conversation holds: a copy of one would be a copy of what was deleted. */
export const gone = (state: Database, terms: Iterable<string>): string[] =>
  [...terms].filter((term) => !holds(state, term));

/** How much is there to be indexed. */
export const left = (state: Database): number =>
  Number(state.sql("SELECT count(*) AS n FROM session_said WHERE terms IS NULL").get()?.n);

/** Indexes the newest of what is left over, for a few milliseconds. @returns whether there is more */
export function indexSome(state: Database): boolean {
  const begun = performance.now();
  return state.transaction(() => {
    for (;;) {
      const row = state
        .sql(
          `SELECT s.id, e.message FROM session_said s LEFT JOIN session_entry e ON e.session = s.session AND e.n = s.n
             WHERE s.terms IS NULL ORDER BY s.id DESC LIMIT 1`,
        )
        .get();
      if (!row) return false;
      const id = Number(row.id);
      const message = row.message === null ? undefined : (JSON.parse(String(row.message)) as LlmMessage);
      const terms = message && isSaid(message) ? termsOf(textOf(message)) : "";
      if (terms === "") state.sql("DELETE FROM session_said WHERE id = ?").run(id);
      else {
        state.sql("UPDATE session_said SET terms = ? WHERE id = ?").run(terms, id);
        state.sql("INSERT INTO session_said_fts (rowid, terms) VALUES (?, ?)").run(id, terms);
      }
      if (performance.now() - begun > SLICE_MS) return true;
    }
  });
}
