import { hash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { type Event, eventText, FIRST_PREV } from "#contract";
import type { Verification } from "./verify.ts";

const CHUNK = 1000;
const TELL_EVERY_MS = 200;

type StoredRow = Omit<Event, "data"> & { readonly data: string };

function verify(path: string): Verification {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  const anchor = db.prepare("SELECT seq, hash FROM anchor").get() as
    | { seq: number; hash: string }
    | undefined;
  let seq = anchor?.seq ?? 0;
  let prev = anchor?.hash ?? FIRST_PREV;
  let events = 0;
  let told = performance.now();
  const next = db.prepare("SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?");
  for (;;) {
    const rows = next.all(seq, CHUNK) as unknown as StoredRow[];
    if (rows.length === 0) return { ok: true, events, firstBad: null, problem: null };
    for (const row of rows) {
      const bad = (problem: string, at = row.seq): Verification => ({
        ok: false,
        events,
        firstBad: at,
        problem,
      });
      if (row.seq !== seq + 1) return bad(`event ${seq + 1} is missing`, seq + 1);
      if (row.prev !== prev) return bad(`event ${row.seq} does not follow the event before it`);
      if (hash("sha256", eventText(row, row.data)) !== row.hash) return bad(`event ${row.seq} was altered`);
      seq = row.seq;
      prev = row.hash;
      events++;
    }
    if (performance.now() - told > TELL_EVERY_MS) {
      told = performance.now();
      parentPort?.postMessage({ proved: events });
    }
  }
}

parentPort?.postMessage(verify((workerData as { path: string }).path));
