import { existsSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Before, FieldworkError, RESTORED_FILE, type Row, restoredMark } from "#contract";
import type { Home } from "./home.ts";

/**
 * Where this home was put back from a backup and not started since, has done what that asks for, and only then forgets of it.
 * @param settle  told how to read the home that was there before
 * @throws FieldworkError `home_invalid` where it cannot be told what was restored over
 */
export async function settleRestore(home: Home, settle: (before: Before) => Promise<void>): Promise<void> {
  const path = home.file(RESTORED_FILE);
  if (!existsSync(path)) return;
  const over = overOf(home, path);
  const open = new Map<string, DatabaseSync>();
  const before: Before = (database, query) => {
    if (over === null) return [];
    // What cannot be read any more can tell of nobody that he may come in.
    try {
      const db = open.getOrInsertComputed(
        database,
        (name) => new DatabaseSync(join(over, name), { readOnly: true, timeout: 5000 }),
      );
      return db.prepare(query).all() as Row[];
    } catch {
      return [];
    }
  };
  try {
    await settle(before);
  } finally {
    for (const db of open.values()) db.close();
  }
  rmSync(path);
}

function overOf(home: Home, path: string): string | null {
  try {
    const { over } = restoredMark.parse(JSON.parse(readFileSync(path, "utf8")));
    const beside =
      over === null ||
      (dirname(over) === dirname(home.path) && basename(over).startsWith(`${basename(home.path)}.`));
    return beside ? over : null;
  } catch (cause) {
    throw new FieldworkError("home_invalid", `${path} is not readable.`, {
      remedy: "It says that the home was restored from a backup: restore it once more.",
      cause,
    });
  }
}
