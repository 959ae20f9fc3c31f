import { type Database, FieldworkError } from "#contract";
import type { Circumstances } from "../memories/circumstances.ts";
import { idOf, iso, isoOrNull, numberOf } from "../memories/identity.ts";

const TODOS_MOST = 10_000;
const LISTED_MOST = 1000;

export function addTodo(
  db: Database,
  text: string,
  dueAt: number | undefined,
  now: number,
  { session, tainted }: Circumstances,
): string {
  const { n } = db.sql("SELECT count(*) AS n FROM mind_todo").get() as { n: number };
  if (n >= TODOS_MOST) throw new FieldworkError("too_large", `The to-do list has ${n} entries already.`);
  const row = db
    .sql(
      "INSERT INTO mind_todo (text, done, due_at, created_at, tainted, session) VALUES (?, 0, ?, ?, ?, ?) RETURNING id",
    )
    .get(text, dueAt ?? null, now, tainted ? 1 : 0, session ?? null);
  return idOf("todo", row?.id);
}

/** What is open first, by when it is due; then, where `all` is asked for, what was done, the latest first. */
export function listTodos(db: Database, all: boolean) {
  const rows = db
    .sql(
      `SELECT * FROM mind_todo WHERE ? OR done = 0
       ORDER BY done, CASE WHEN done THEN -done_at ELSE coalesce(due_at, 9e15) END, id LIMIT ${LISTED_MOST}`,
    )
    .all(all ? 1 : 0);
  return {
    todos: rows.map((row) => ({
      id: idOf("todo", row.id),
      text: String(row.text),
      done: row.done === 1,
      due_at: isoOrNull(row.due_at),
      created_at: iso(row.created_at),
      done_at: isoOrNull(row.done_at),
    })),
    tainted: rows.some((row) => row.tainted === 1),
  };
}

export function setTodo(
  db: Database,
  id: string,
  change: { readonly done?: boolean | undefined; readonly text?: string | undefined },
  now: number,
  tainted: boolean,
): void {
  const { done, text } = change;
  const { changes } = db
    .sql(
      `UPDATE mind_todo SET text = coalesce(?1, text), tainted = max(tainted, ?2), done = coalesce(?3, done),
         done_at = CASE ?3 WHEN 1 THEN coalesce(done_at, ?4) WHEN 0 THEN NULL ELSE done_at END WHERE id = ?5`,
    )
    .run(
      text ?? null,
      text !== undefined && tainted ? 1 : 0,
      done === undefined ? null : done ? 1 : 0,
      now,
      numberOf("todo", id),
    );
  if (changes === 0)
    throw new FieldworkError("not_found", `There is nothing with the id ${id} on the to-do list.`);
}
