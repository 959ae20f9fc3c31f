import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FieldworkError } from "#contract";

export interface HomeLock {
  /** Gives the home free; a second time does nothing. */
  release(): void;
}

/**
 * Takes a home for this process alone, by the same lock as the server: an exclusive SQLite lock on `run/lock.db`, which ends
 * with the process. A home that does not exist needs none.
 * @throws FieldworkError `conflict` while another process uses the home.
 */
export function lockHome(home: string): HomeLock {
  if (!existsSync(home)) return { release() {} };
  mkdirSync(join(home, "run"), { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(home, "run", "lock.db"), { timeout: 0 });
  try {
    db.exec("PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    throw isBusy(error)
      ? new FieldworkError("conflict", "Another process is using the home.", {
          remedy: "Stop the server with ./stop.sh or `fw stop`, or wait for the other command, then repeat.",
          cause: error,
        })
      : error;
  }
  return {
    release() {
      if (db.isOpen) db.close();
    },
  };
}

/** SQLITE_BUSY (5) and SQLITE_LOCKED (6). */
const isBusy = (error: unknown): boolean => {
  const code = (error as { errcode?: number }).errcode ?? 0;
  return (code & 0xff) === 5 || (code & 0xff) === 6;
};

/** Runs `work` while no other process can use the home. */
export async function withHomeLocked<T>(home: string, work: (lock: HomeLock) => Promise<T>): Promise<T> {
  const lock = lockHome(home);
  try {
    return await work(lock);
  } finally {
    lock.release();
  }
}
