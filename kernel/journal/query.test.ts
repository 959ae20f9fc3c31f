import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createJournalReader, type Journal, type JournalReader, openJournal } from "./index.ts";

const EVENTS = 200_000;
const START = Date.UTC(2026, 0, 1);
const SECOND = 1000;

let folder: string;
let path: string;
let journal: Journal;
let reader: JournalReader;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fw-journal-query-"));
  path = join(folder, "journal.db");
  let at = START;
  journal = openJournal(path, { now: () => at });
  for (let n = 1; n <= EVENTS; n++) {
    at = START + n * SECOND;
    journal.append(draft(n));
    if (n % 5000 === 0) await journal.committed();
  }
  reader = createJournalReader(path);
}, 300_000);
afterAll(() => {
  reader.close();
  journal.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Nearly all of it is noise; each thousandth event is of `rare`, in its conversation. */
function draft(n: number) {
  const place = { trace: `t${Math.floor(n / 10)}`, span: `s${n}` };
  if (n % 1000 === 0)
    return {
      kind: n % 2000 === 0 ? "turn.started" : "turn.finished",
      actor: "rare",
      data: { session: "talk" },
      ...place,
    };
  if (n % 2 === 0) return { kind: "capability.called", actor: `agent-${n % 50}`, ...place };
  return {
    kind: "tool.called",
    actor: "tool",
    data: { agent: `agent-${n % 50}`, session: `s-${n % 500}` },
    ...place,
  };
}
const ask = (query: Partial<Parameters<JournalReader["page"]>[0]>) =>
  reader.page({ after: 0, limit: 100, newest: false, ...query });
const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq);
const plan = (sql: string, ...values: string[]) => {
  const db = new DatabaseSync(path, { readOnly: true });
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
  db.close();
  return steps.map(({ detail }) => String(detail)).join("; ");
};

describe(`in a journal of ${EVENTS} events`, () => {
  test("one agent's are found, newest first, page by page, to the last", async () => {
    const found: number[] = [];
    let before: number | undefined;
    for (;;) {
      const { events, more } = await ask({ agent: "rare", newest: true, limit: 64, before });
      found.unshift(...seqs(events));
      if (!more) break;
      before = events[0]?.seq;
    }
    expect(found).toEqual(Array.from({ length: EVENTS / 1000 }, (_, n) => (n + 1) * 1000));
  });

  test("words are sought page by page, so many events at a time, in both directions", async () => {
    const seek = async (newest: boolean) => {
      const found: number[] = [];
      let [edge, pages, looked] = [newest ? EVENTS + 1 : 0, 0, 0];
      for (;;) {
        const page = await ask({
          words: ["rare", "turn.", "talk"],
          newest,
          limit: 64,
          ...(newest ? { before: edge } : { after: edge }),
        });
        expect(page.looked).toBeLessThanOrEqual(50_000);
        found.push(...(newest ? seqs(page.events).reverse() : seqs(page.events)));
        [edge, pages, looked] = [page.last, pages + 1, looked + page.looked];
        if (!page.more) return { found, pages, looked };
      }
    };
    const all = Array.from({ length: EVENTS / 1000 }, (_, n) => (n + 1) * 1000);
    const forth = await seek(false);
    expect(forth).toMatchObject({ found: all, looked: EVENTS });
    expect(forth.pages).toBeGreaterThan(EVENTS / 50_000 - 1);
    expect(await seek(true)).toMatchObject({ found: all.toReversed(), looked: EVENTS });
    expect(await ask({ words: ["rare", "nowhere"], agent: "rare" })).toMatchObject({
      events: [],
      more: false,
      looked: EVENTS / 1000,
    });
  });

  test("a conversation, a family of kinds, a trace and a time narrow it down together", async () => {
    expect(seqs((await ask({ session: "talk", kind: "turn.started", limit: 2 })).events)).toEqual([
      2000, 4000,
    ]);
    expect(seqs((await ask({ agent: "rare", session: "talk", trace: "t100" })).events)).toEqual([1000]);
    const from = START + 100_000 * SECOND;
    const { events } = await ask({ kind: "turn.*", from, to: from + 3000 * SECOND });
    expect(seqs(events)).toEqual([100_000, 101_000, 102_000]);
    const called = await ask({ agent: "agent-2", kind: "capability.called", newest: true, limit: 2 });
    expect(called.events.every(({ actor }) => actor === "agent-2")).toBe(true);
    expect((await ask({ agent: "nobody" })).events).toEqual([]);
  });

  test("agents and conversations are looked up in an index, not searched for", () => {
    const by = plan(
      "SELECT e.* FROM event_about a CROSS JOIN events e ON e.seq = a.seq WHERE a.about = ? AND a.seq > 0 ORDER BY a.seq DESC LIMIT 100",
      "a:rare",
    );
    expect(by).toContain("SEARCH a USING PRIMARY KEY (about=? AND seq>?)");
    expect(by).not.toContain("SCAN");
    expect(by).not.toContain("TEMP B-TREE");
  });

  test("a question that must look at every event does not hold up this thread", async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    await ask({ actor: "nobody" });
    delay.enable();
    const began = delay.count;
    await Promise.all(Array.from({ length: 4 }, () => ask({ actor: "nobody", newest: true })));
    // The loop went on turning while four searches of the whole table ran one after the other.
    expect(delay.count - began).toBeGreaterThan(5);
    delay.disable();
  });

  test("a page ends early rather than carry more than half a megabyte", async () => {
    for (let n = 0; n < 8; n++)
      journal.append({
        kind: "test.large",
        actor: "large",
        data: { text: "x".repeat(200_000) },
        trace: "large",
        span: `l${n}`,
      });
    await journal.committed();
    const { events, more } = await ask({ actor: "large" });
    expect(events.length).toBeGreaterThan(0);
    expect(events.length).toBeLessThan(8);
    expect(more).toBe(true);
  });

  test("what is pruned is not found any more, and leaves nothing in the index", () => {
    for (let n = 0; n < 8; n++) journal.prune(1);
    const first = journal.read(0, 1)[0]?.seq ?? 0;
    expect(first).toBeGreaterThan(1000);
    const db = new DatabaseSync(path, { readOnly: true });
    const left = db.prepare("SELECT count(*) AS n FROM event_about WHERE seq < ?").get(first);
    db.close();
    expect(left).toEqual({ n: 0 });
  });
});

test("when an agent last did something is known at once", () => {
  expect(journal.lastOf("rare")).toBe(START + EVENTS * SECOND);
  expect(journal.lastOf("nobody")).toBeUndefined();
});

test("a journal of the form before gets its index when it is opened", async () => {
  const old = join(folder, "old.db");
  const made = openJournal(old);
  made.append(draft(1000));
  made.append(draft(1));
  await made.committed();
  made.close();
  const db = new DatabaseSync(old);
  const rows = db.prepare("SELECT * FROM event_about ORDER BY about, seq").all();
  db.exec("DROP TABLE event_about; UPDATE ladders SET version = 1");
  db.close();
  openJournal(old).close();
  const after = new DatabaseSync(old);
  expect(after.prepare("SELECT * FROM event_about ORDER BY about, seq").all()).toEqual(rows);
  after.close();
});
