/**
 * The counter in the server's process, called as a module: schemas, grants, limits, hashes, journal included; 100 calls side
 * by side, then the journal's commit. Beside it rows of the journal's size written to SQLite in the same batches.
 * `node bench/counter.ts`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Caller } from "#contract";
import { show } from "./figure.ts";
import { duration, quietMedian } from "./harness.ts";
import { startKernel } from "./kernel.ts";

const BATCH = 100;
const ROUNDS = 200;
const REPETITIONS = 7;

const bench = await startKernel();
const caller: Caller = { id: "asker", tier: "guest" };
const manifest = { capabilities_required: ["secret.use:token"] };
await bench.add("asker", { "agent.ts": "" }, manifest);
await bench.kernel.call(caller, "store.kv.set", { k: "greeting", v: "hello" });

/** Milliseconds for one call of the batch. */
async function measure(cap: string, args: unknown): Promise<number> {
  const { p50 } = await quietMedian(REPETITIONS, ROUNDS, async () => {
    const replies = await Promise.all(
      Array.from({ length: BATCH }, () => bench.kernel.call(caller, cap, args)),
    );
    if (replies.some(({ ok }) => !ok)) throw new Error(`${cap} failed: ${JSON.stringify(replies[0])}`);
    // The journal writes what has gathered at the end of the turn.
    await new Promise((resolve) => setImmediate(resolve));
  });
  return p50 / BATCH;
}

const granted = await measure("secret.use", { name: "token" });
const stored = await measure("store.kv.get", { k: "greeting" });
await bench.end();

const folder = mkdtempSync(join(tmpdir(), "fw-bench-"));
const db = new DatabaseSync(join(folder, "rows.db"));
db.exec(
  "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE rows (seq INTEGER PRIMARY KEY, text TEXT)",
);
const insert = db.prepare("INSERT INTO rows (text) VALUES (?)");
const row = "x".repeat(400);
const inserted =
  (
    await quietMedian(3, ROUNDS, () => {
      db.exec("BEGIN");
      for (let i = 0; i < BATCH; i++) insert.run(row);
      db.exec("COMMIT");
    })
  ).p50 / BATCH;
db.close();
rmSync(folder, { recursive: true });

const baseline = `${duration(inserted)}, bare SQLite insert`;
show([
  {
    what: "counter in process, grant and journal included (secret.use)",
    aim: "≤ 10 µs",
    measured: duration(granted),
    baseline,
    met: granted <= 0.01,
  },
  {
    what: "the same, and a value read from SQLite (store.kv.get)",
    aim: "–",
    measured: duration(stored),
    baseline,
    met: true,
  },
]);
