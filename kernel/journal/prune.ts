import type { Database } from "#contract";
import { aboutOf } from "./about.ts";
import { SEQ_RANGE, toEvent } from "./table.ts";

/** A few milliseconds of work: it is done on the server's thread. */
const AT_ONCE_MAX = 250;
const AT_ONCE_LEAST = 25;
const BYTES_AT_ONCE_MAX = 1024 * 1024;

/** Deletes the oldest events, so many at once, down to a size in bytes. Gives the count deleted. */
export function prune(db: Database, keepBytes: number): number {
  const pages =
    Number(db.sql("PRAGMA page_count").get()?.page_count ?? 0) -
    Number(db.sql("PRAGMA freelist_count").get()?.freelist_count ?? 0);
  const bytes = pages * Number(db.sql("PRAGMA page_size").get()?.page_size ?? 4096);
  if (bytes <= keepBytes) return 0;
  const range = db.sql(SEQ_RANGE).get();
  const first = Number(range?.first ?? 0);
  const share = Math.ceil((Number(range?.last ?? 0) - first + 1) * ((bytes - keepBytes) / bytes));
  const count = Math.min(Math.max(share, AT_ONCE_LEAST), AT_ONCE_MAX);
  return db.transaction(() => {
    const edge = db
      .sql(
        `SELECT seq, hash FROM (SELECT seq, hash, sum(octet_length(data)) OVER (ORDER BY seq) AS bytes FROM events WHERE seq < ?1)
           WHERE bytes <= ${BYTES_AT_ONCE_MAX} OR seq = ?2 ORDER BY seq DESC LIMIT 1`,
      )
      .get(first + count, first);
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
