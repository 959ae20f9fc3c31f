/** Looks things up in the journal on a thread of its own. */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { JsonObject } from "#contract";
import { readPage } from "./query.ts";
import type { Question } from "./reader.ts";
import { spansOf, type TracedEvent } from "./trace.ts";

const { path } = workerData as { path: string };
const db = new DatabaseSync(path, { readOnly: true, timeout: 5000 });

/** Reading one more tells whether there are more. */
function readTrace(trace: string, limit: number) {
  const rows = db
    .prepare(
      "SELECT seq, at, span, parent, actor, kind, subject, data FROM events WHERE trace = ? ORDER BY seq LIMIT ?",
    )
    .all(trace, limit + 1);
  const events = rows
    .slice(0, limit)
    .map((row) => ({ ...row, data: JSON.parse(String(row.data)) as JsonObject }) as unknown as TracedEvent);
  return { spans: spansOf(events), events: events.length, truncated: rows.length > limit };
}

parentPort?.on("message", ({ id, question }: { id: number; question: Question }) => {
  try {
    const result =
      question.what === "page" ? readPage(db, question.query) : readTrace(question.trace, question.limit);
    parentPort?.postMessage({ id, result });
  } catch (error) {
    parentPort?.postMessage({ id, problem: (error as Error).message });
  }
});
