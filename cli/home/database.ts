import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { FieldworkError } from "#contract";

/**
 * Opens one of the home's databases for reading, beside a server that may be writing it.
 * @throws FieldworkError `not_found` without a file, `storage_failed` when it cannot be opened.
 */
export function openReadOnly(path: string): DatabaseSync {
  if (!existsSync(path)) throw new FieldworkError("not_found", `There is no ${path}.`);
  try {
    return new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  } catch (error) {
    throw damaged(path, error);
  }
}

/** What SQLite's own check finds wrong with a file, `undefined` when it is sound. */
export function quickCheck(path: string): string | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = openReadOnly(path);
    const rows = db.prepare("PRAGMA quick_check(5)").all() as { quick_check: string }[];
    const problems = rows.map((row) => row.quick_check).filter((text) => text !== "ok");
    return problems.length === 0 ? undefined : problems.join("; ");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    db?.close();
  }
}

export const damaged = (path: string, error: unknown): FieldworkError =>
  new FieldworkError("storage_failed", `${path} cannot be read: ${(error as Error).message}`, {
    remedy: "Run `fw doctor`; a damaged database comes back with `fw restore` from a backup.",
    cause: error,
  });
