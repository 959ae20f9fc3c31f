import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepSize, openJournal, verifyJournal } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const draft = (n: number) => ({
  kind: "test.thing",
  actor: "owner",
  subject: null,
  data: { n, text: 'ü\u2028"' },
  trace: "t",
  span: "s",
});

async function filled(count: number): Promise<string> {
  const path = join(folder, "journal.db");
  const journal = openJournal(path);
  for (let n = 1; n <= count; n++) journal.append(draft(n));
  await journal.durable();
  journal.close();
  return path;
}

test("events are numbered densely, chained, and read back as they were", async () => {
  const path = await filled(3);
  const journal = openJournal(path);
  expect(journal.lastSeq()).toBe(3);
  journal.append(draft(4));
  const events = journal.read(0, 10);
  expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4]);
  expect(events.map((event) => event.data.n)).toEqual([1, 2, 3, 4]);
  for (let at = 1; at < events.length; at++) expect(events[at]?.prev).toBe(events[at - 1]?.hash);
  journal.close();
  expect(await verifyJournal(path)).toEqual({ ok: true, events: 4, firstBad: null, problem: null });
});

test("the first altered row is named", async () => {
  const path = await filled(20);
  const db = new DatabaseSync(path);
  db.exec(
    `UPDATE events SET data = '{"n":7,"text":"other"}' WHERE seq = 7; UPDATE events SET actor = 'x' WHERE seq = 12`,
  );
  db.close();
  expect(await verifyJournal(path)).toMatchObject({ ok: false, firstBad: 7 });
});

test("the first missing row is named", async () => {
  const path = await filled(20);
  const db = new DatabaseSync(path);
  db.exec("DELETE FROM events WHERE seq = 9");
  db.close();
  expect(await verifyJournal(path)).toMatchObject({ ok: false, firstBad: 9 });
});

test("a chain that was cut and recomputed from one row on does not fit the row before", async () => {
  const path = await filled(5);
  const db = new DatabaseSync(path);
  db.exec(`UPDATE events SET prev = '${"1".repeat(64)}' WHERE seq = 4`);
  db.close();
  expect(await verifyJournal(path)).toMatchObject({ ok: false, firstBad: 4 });
});

test("pruning keeps the chain verifiable from its anchor, and the numbers go on", async () => {
  const path = await filled(5000);
  const journal = openJournal(path);
  const before = journal.read(0, 1)[0]?.seq;
  expect(journal.prune(100_000)).toBeGreaterThan(0);
  expect(journal.read(0, 1)[0]?.seq).toBeGreaterThan(before as number);
  expect(journal.append(draft(1)).seq).toBe(5001);
  journal.close();
  expect(await verifyJournal(path)).toMatchObject({ ok: true });
});

test("a journal that has grown far beyond its size is brought down to it in one look, a little in each turn of the loop", async () => {
  const path = await filled(5000);
  const journal = openJournal(path);
  const deleted: number[] = [];
  const turns: number[] = [];
  let turn = 0;
  const count = () => {
    turn++;
    if (deleted.at(-1) !== 0) setImmediate(count);
  };
  count();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const prune = (bytes: number) => {
    deleted.push(journal.prune(bytes));
    turns.push(turn);
    return deleted.at(-1) as number;
  };
  const stop = keepSize({ prune }, () => 300_000);
  vi.advanceTimersByTime(60_000);
  vi.useRealTimers();
  await vi.waitFor(() => expect(deleted.at(-1)).toBe(0), 60_000);
  stop();
  expect(deleted.length).toBeGreaterThan(5);
  expect(new Set(turns).size).toBe(turns.length);
  expect(journal.count()).toBeGreaterThan(0);
  journal.close();
  expect(await verifyJournal(path)).toMatchObject({ ok: true });
});

test("of large events fewer are deleted at once", async () => {
  const journal = openJournal(join(folder, "journal.db"));
  const large = { text: "x".repeat(200_000) };
  for (let n = 0; n < 20; n++)
    journal.append({ kind: "k", actor: "a", subject: null, data: large, trace: "t", span: "s" });
  await journal.committed();
  expect(journal.prune(1)).toBe(5);
  expect(journal.prune(1)).toBe(5);
  journal.close();
});

test("a listener is told once a batch, and a filter picks", async () => {
  const journal = openJournal(join(folder, "journal.db"));
  let told = 0;
  journal.subscribe(() => told++);
  for (let n = 0; n < 100; n++)
    journal.append({ ...draft(n), trace: n % 2 ? "odd" : "even", kind: n < 50 ? "a.x" : "b.y" });
  await journal.committed();
  expect(told).toBe(1);
  expect(journal.read(0, 1000, { trace: "odd", kind: "a.*" })).toHaveLength(25);
  expect(journal.newest(3).map((event) => event.seq)).toEqual([98, 99, 100]);
  journal.close();
});

test("whoever waits while the file could not be written is answered as soon as it can be", async () => {
  const path = join(folder, "journal.db");
  const journal = openJournal(path);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  journal.append(draft(1));
  await expect(journal.committed()).rejects.toMatchObject({ code: "storage_failed" });
  expect(journal.failure()).toMatch(/locked/);
  other.exec("ROLLBACK");
  other.close();
  journal.append(draft(2));
  await journal.committed();
  expect(journal.failure()).toBeUndefined();
  expect(journal.unwritten()).toBe(0);
  journal.close();
});
