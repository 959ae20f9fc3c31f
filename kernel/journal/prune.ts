import type { Database } from "#contract";
import { aboutOf } from "./about.ts";
import { toEvent } from "./table.ts";

const AT_ONCE = 1000;

/** Deletes the oldest events, so many at once, down to a size in bytes. Gives the count deleted. */
export function prune(db: Database, keepBytes: number): number {
  const pages =
    Number(db.sql("PRAGMA page_count").get()?.page_count ?? 0) -
    Number(db.sql("PRAGMA freelist_count").get()?.freelist_count ?? 0);
  const bytes = pages * Number(db.sql("PRAGMA page_size").get()?.page_size ?? 4096);
  if (bytes <= keepBytes) return 0;
  const range = db.sql("SELECT min(seq) AS first, max(seq) AS last FROM events").get();
  const first = Number(range?.first ?? 0);
  const share = Math.ceil((Number(range?.last ?? 0) - first + 1) * ((bytes - keepBytes) / bytes));
  const count = Math.min(share, AT_ONCE);
  return db.transaction(() => {
    const edge = db
      .sql("SELECT seq, hash FROM events WHERE seq < ? ORDER BY seq DESC LIMIT 1")
      .get(first + count);
    if (!edge) return 0;
    const drop = db.sql("DELETE FROM event_about WHERE about = ? AND seq = ?");
    for (const row of db.sql("SELECT * FROM events WHERE seq <= ?").all(Number(edge.seq))) {
      const gone = toEvent(row);
      for (const about of aboutOf(gone)) drop.run(about, gone.seq);
    }
    db.sql("DELETE FROM anchor").run();
    db.sql("INSERT INTO anchor VALUES (?, ?)").run(Number(edge.seq), String(edge.hash));
    return db.sql("DELETE FROM events WHERE seq <= ?").run(Number(edge.seq)).changes;
  });
}
