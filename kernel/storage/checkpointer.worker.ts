import { DatabaseSync } from "node:sqlite";
import { parentPort } from "node:worker_threads";

const IDLE_MS = 60_000;
let idle: NodeJS.Timeout | undefined;

parentPort?.on("message", ({ path, reset }: { path: string; reset: boolean }) => {
  clearTimeout(idle);
  try {
    const db = new DatabaseSync(path, { timeout: 100 });
    try {
      db.prepare("PRAGMA wal_checkpoint(PASSIVE)").get();
      if (reset) db.prepare("PRAGMA wal_checkpoint(RESTART)").get();
    } finally {
      db.close();
    }
  } catch {
    // The file may have gone with its agent, or be locked for a moment: the next write asks again.
  }
  idle = setTimeout(() => process.exit(0), IDLE_MS);
});
