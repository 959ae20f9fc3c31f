import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  type CallContext,
  type Caller,
  type Database,
  FieldworkError,
  type Host,
  type JsonObject,
  type JsonValue,
  type Row,
  type SqlValue,
} from "#contract";
import schedule from "./index.ts";
import { migrations } from "./table.ts";

const HOUR = 3_600_000;
const START = Date.parse("2026-01-01T00:00:00Z");

let folder: string;
let sqlite: DatabaseSync;
let calls: JsonObject[];
let noted: { readonly kind: string }[];
let answer: () => void;
const stops: (() => unknown)[] = [];
const stopAll = () => {
  for (const stop of stops.splice(0)) stop();
};

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  folder = mkdtempSync(join(tmpdir(), "fw-schedule-"));
  sqlite = new DatabaseSync(join(folder, "a.db"));
  for (const { sql } of migrations) sqlite.exec(sql);
  [calls, noted, answer] = [[], [], () => {}];
});
afterEach(() => {
  stopAll();
  sqlite.close();
  rmSync(folder, { recursive: true, force: true });
  vi.useRealTimers();
});

const database = (): Database => ({
  path: "",
  sql: (text) => ({
    get: (...values: readonly SqlValue[]) => sqlite.prepare(text).get(...values) as Row | undefined,
    all: (...values: readonly SqlValue[]) => sqlite.prepare(text).all(...values) as Row[],
    run: (...values: readonly SqlValue[]) => ({
      changes: Number(sqlite.prepare(text).run(...values).changes),
    }),
  }),
  transaction: (body) => body(),
  durable: async () => {},
});

/** A kernel's start of the module; what it sends is kept. */
async function start() {
  const host = {
    id: "schedule",
    database,
    now: Date.now,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    append: (draft: { readonly kind: string }) => noted.push(draft),
    async call(cap: string, args: JsonValue) {
      expect(cap).toBe("message.send");
      answer();
      calls.push(args as JsonObject);
      return {};
    },
  } as unknown as Host;
  const stop = await schedule.start?.(host);
  if (stop) stops.push(stop);
  const ask = async (cap: string, args: JsonObject, caller: Caller = { id: "notes", tier: "guest" }) => {
    const provider = schedule.provides?.find((one) => one.capability.name === cap);
    if (!provider) throw new Error(cap);
    const context = { host, caller } as unknown as CallContext;
    return (await provider.run(provider.capability.input.parse(args), context)) as Record<string, unknown>;
  };
  return { ask, stop };
}
const owner: Caller = { id: "owner", tier: "owner" };
const fired = () =>
  calls.map(({ payload }) => (payload as { context: { due_at: string } }).context.due_at.slice(11, 19));

test("a call comes once, at its time, under the schedule's name", async () => {
  const { ask } = await start();
  const { id } = await ask("schedule.after", { ms: 90_000, function: "tick", payload: { n: 1 } });
  await vi.advanceTimersByTimeAsync(89_999);
  expect(calls).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(calls).toMatchObject([
    {
      to: "notes",
      function: "tick",
      source: { kind: "schedule", id },
      payload: { type: "schedule", payload: { n: 1 } },
    },
  ]);
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(calls).toHaveLength(1);
  expect((await ask("schedule.list", {})).schedules).toEqual([]);
});

test("a pattern goes on, also with seconds", async () => {
  const { ask } = await start();
  await ask("schedule.cron", { id: "s", cron: "*/20 * * * * *" });
  await vi.advanceTimersByTimeAsync(61_000);
  expect(fired()).toEqual(["00:00:20", "00:00:40", "00:01:00"]);
});

test("schedules made while others are being delivered run once each", async () => {
  const { ask } = await start();
  await ask("schedule.after", { ms: 10 });
  answer = () => {
    answer = () => {};
    void ask("schedule.after", { ms: 0 });
  };
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toHaveLength(2);
  expect(new Set(calls.map(({ key, source }) => JSON.stringify([key, source]))).size).toBe(2);
});

test("what was delivered but not yet noted when the system died has the same key the next time", async () => {
  const one = await start();
  await one.ask("schedule.after", { ms: 10 });
  const row = sqlite.prepare("SELECT * FROM schedules").get() as Row;
  await vi.advanceTimersByTimeAsync(10);
  stopAll();
  sqlite
    .prepare(`INSERT INTO schedules VALUES (${Object.keys(row).fill("?").join()})`)
    .run(...Object.values(row));
  await start();
  await vi.advanceTimersByTimeAsync(10);
  expect(calls).toHaveLength(2);
  expect(calls[0]?.key).toBe(calls[1]?.key);
});

test("what could not be delivered for now stays due, and comes when it can", async () => {
  const { ask } = await start();
  answer = () => {
    throw new FieldworkError("safe_mode", "not now");
  };
  await ask("schedule.after", { ms: 10 });
  await vi.advanceTimersByTimeAsync(60_000);
  expect((await ask("schedule.list", {})).schedules).toMatchObject([{ last_error: "not now" }]);
  answer = () => {};
  await vi.advanceTimersByTimeAsync(6000);
  expect(fired()).toEqual(["00:00:00"]);
});

test("what can never be delivered is told in the journal, and does not hold up the others", async () => {
  const { ask } = await start();
  answer = () => {
    answer = () => {};
    throw new FieldworkError("not_found", "no module");
  };
  await ask("schedule.after", { ms: 10 });
  await ask("schedule.after", { ms: 20 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toHaveLength(1);
  expect(noted.filter(({ kind }) => kind === "schedule.failed")).toMatchObject([
    { kind: "schedule.failed", subject: "notes", data: { message: "no module" } },
  ]);
});

test("while the system is down runs are missed, and made up for by the policy", async () => {
  const { ask } = await start();
  for (const missed of ["skip", "once", "all"])
    await ask("schedule.cron", { id: missed, cron: "0 * * * *", missed });
  stopAll();
  vi.setSystemTime(START + 3.5 * HOUR);
  await start();
  await vi.advanceTimersByTimeAsync(1);
  expect(calls.map(({ source }) => (source as { id: string }).id).sort()).toEqual([
    "all",
    "all",
    "all",
    "once",
  ]);
});

test("a clock set forward runs what became due; set back, patterns go on from the new time and nothing runs twice", async () => {
  const { ask } = await start();
  await ask("schedule.cron", { id: "h", cron: "0 * * * *" });
  vi.setSystemTime(START + 10.5 * HOUR);
  await vi.advanceTimersByTimeAsync(31_000);
  expect(fired()).toEqual(["10:00:00"]);
  vi.setSystemTime(START + 2.5 * HOUR);
  await vi.advanceTimersByTimeAsync(31 * 60_000);
  expect(fired()).toEqual(["10:00:00", "03:00:00"]);
});

test("a start after the clock was years ahead goes by the right time", async () => {
  vi.setSystemTime(Date.parse("2040-01-01T00:00:00Z"));
  const { ask } = await start();
  await ask("schedule.cron", { id: "h", cron: "0 * * * *" });
  stopAll();
  vi.setSystemTime(START);
  await start();
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(fired()).toEqual(["01:00:00"]);
});

test("a pattern under a known id replaces it, and its error", async () => {
  const { ask } = await start();
  await ask("schedule.cron", { id: "x", cron: "0 * * * *" });
  await ask("schedule.cron", { id: "x", cron: "30 * * * *", time_zone: "Asia/Kolkata" });
  expect((await ask("schedule.list", {})).schedules).toMatchObject([
    { id: "x", cron: "30 * * * *", next_at: "2026-01-01T01:00:00.000Z" },
  ]);
});

test("a module sees and cancels only its own; the owner all, but has to say whose where that is not clear", async () => {
  const { ask } = await start();
  const other: Caller = { id: "other", tier: "guest" };
  await ask("schedule.cron", { id: "x", cron: "0 * * * *" });
  await ask("schedule.cron", { id: "x", cron: "0 * * * *" }, other);
  await ask("schedule.cron", { id: "y", cron: "0 * * * *" }, other);
  expect(await ask("schedule.cancel", { id: "y" })).toEqual({ cancelled: false });
  expect(await ask("schedule.cancel", { id: "y", module: "other" })).toEqual({ cancelled: false });
  expect((await ask("schedule.list", { module: "other" })).schedules).toHaveLength(1);
  expect((await ask("schedule.list", {}, owner)).schedules).toHaveLength(3);
  await expect(ask("schedule.cancel", { id: "x" }, owner)).rejects.toMatchObject({ code: "conflict" });
  expect(await ask("schedule.cancel", { id: "x", module: "other" }, owner)).toEqual({ cancelled: true });
  expect(await ask("schedule.cancel", { id: "y" }, owner)).toEqual({ cancelled: true });
  expect((await ask("schedule.list", {}, owner)).schedules).toMatchObject([{ id: "x", module: "notes" }]);
});

test("a cancelled schedule does not run", async () => {
  const { ask } = await start();
  const { id } = await ask("schedule.after", { ms: 10 });
  expect(await ask("schedule.cancel", { id: String(id) })).toEqual({ cancelled: true });
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual([]);
});

test("what would never run, too much payload, too many, and schedules of no module are refused", async () => {
  const { ask } = await start();
  await expect(ask("schedule.cron", { cron: "0 0 30 2 *" })).rejects.toMatchObject({ code: "invalid_input" });
  await expect(ask("schedule.after", { ms: 1, payload: "x".repeat(262_143) })).rejects.toMatchObject({
    code: "too_large",
  });
  await expect(ask("schedule.after", { ms: 1 }, owner)).rejects.toMatchObject({ code: "conflict" });
  sqlite.exec("BEGIN");
  for (let n = 0; n < 1000; n++) await ask("schedule.after", { ms: HOUR });
  sqlite.exec("COMMIT");
  await expect(ask("schedule.after", { ms: 1 })).rejects.toMatchObject({ code: "too_large" });
});
