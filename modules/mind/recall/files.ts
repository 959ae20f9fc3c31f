import { statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { dropSignatures } from "./signatures.ts";

const FILES_MOST = 32;
const IDLE_MS = 20_000;

/** Read-only connections to agents' databases, the most recently used kept open; a file that was replaced is opened anew. */
export function createFiles() {
  const open = new Map<string, { readonly db: DatabaseSync; readonly inode: bigint; used: number }>();
  let sweep: NodeJS.Timeout | undefined;

  const close = (path: string) => {
    const known = open.get(path);
    if (known) {
      dropSignatures(known.db);
      known.db.close();
    }
    open.delete(path);
  };
  const plan = () => {
    sweep ??= setTimeout(() => {
      sweep = undefined;
      for (const [path, { used }] of open) if (used < performance.now() - IDLE_MS) close(path);
      if (open.size > 0) plan();
    }, IDLE_MS).unref();
  };

  return {
    get(path: string): DatabaseSync {
      const { ino } = statSync(path, { bigint: true });
      const known = open.get(path);
      if (known && known.inode === ino) {
        known.used = performance.now();
        open.delete(path);
        open.set(path, known);
        return known.db;
      }
      close(path);
      const oldest = open.size >= FILES_MOST ? open.keys().next().value : undefined;
      if (oldest !== undefined) close(oldest);
      const db = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
      db.exec("PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456; PRAGMA trusted_schema=OFF");
      open.set(path, { db, inode: ino, used: performance.now() });
      plan();
      return db;
    },
    close,
    closeAll() {
      clearTimeout(sweep);
      for (const path of [...open.keys()]) close(path);
    },
  };
}
