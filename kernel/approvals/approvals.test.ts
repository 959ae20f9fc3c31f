import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";
import { type Approvals, approvalMigrations, createApprovals } from "./index.ts";

let folder: string;
let db: OpenDatabase;
let clock: number;
let told: string[];
const open: Approvals[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-approvals-"));
  db = openDatabase(join(folder, "a.db"), { migrations: approvalMigrations });
  [clock, told] = [1_000_000, []];
});
afterEach(() => {
  vi.useRealTimers();
  for (const one of open.splice(0)) one.close();
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const start = () => {
  const made = createApprovals({
    db,
    now: () => clock,
    expiresMs: () => 60_000,
    changed: ({ id: _, capability }, event) => told.push(`${capability} ${event}`),
  });
  open.push(made);
  return made;
};
const asking = (argsHash: string, module = "notes") => ({
  module,
  capability: "http.fetch",
  targets: ["https://a.example/"],
  decisive: ["https://a.example/"],
  args: { url: "https://a.example/" },
  argsHash,
  reason: "because",
  trace: "t",
});
const use = (one: Approvals, argsHash = "h", module = "notes") => one.use(module, "http.fetch", argsHash);

test("the same call is asked for once, other arguments and other modules by themselves", () => {
  const one = start();
  const { id } = one.ask(asking("h"));
  expect(one.ask(asking("h")).id).toBe(id);
  expect(one.ask(asking("i")).id).not.toBe(id);
  expect(one.ask(asking("h", "other")).id).not.toBe(id);
  expect(one.waiting()).toBe(3);
});

test("what was given is used once, by the one it was given to, for just that", () => {
  const one = start();
  const { id } = one.ask(asking("h"));
  expect(use(one)).toBe(false);
  one.decide(id, "given");
  expect(use(one, "i")).toBe(false);
  expect(use(one, "h", "other")).toBe(false);
  expect(one.use("notes", "exec.run", "h")).toBe(false);
  expect(use(one)).toBe(true);
  expect(use(one)).toBe(false);
  expect(one.list({ all: true, limit: 500 }).approvals).toMatchObject([{ id, state: "used" }]);
  expect(told).toEqual(["http.fetch asked", "http.fetch given"]);
});

test("what is decided stays decided", () => {
  const one = start();
  const { id } = one.ask(asking("h"));
  expect(one.decide(id, "refused")).toMatchObject({ state: "refused", args: { url: "https://a.example/" } });
  expect(() => one.decide(id, "given")).toThrow(expect.objectContaining({ code: "conflict" }));
  expect(() => one.decide("none", "given")).toThrow(expect.objectContaining({ code: "not_found" }));
  expect(use(one)).toBe(false);
});

test("it waits over a restart, and what was given before it still counts", () => {
  const one = start();
  const waiting = one.ask(asking("h"));
  one.decide(one.ask(asking("i")).id, "given");
  one.close();
  const next = start();
  expect(next.ask(asking("h")).id).toBe(waiting.id);
  expect(use(next, "i")).toBe(true);
});

test("nobody decides: it expires, who waits is told, and nobody can give it any more", async () => {
  vi.useFakeTimers();
  const one = start();
  const { id } = one.ask(asking("h"));
  const decided = one.decided(id, new AbortController().signal);
  clock += 60_000;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await decided).toMatchObject({ state: "expired" });
  expect(told).toEqual(["http.fetch asked", "http.fetch expired"]);
  const again = one.ask(asking("h"));
  clock += 60_001;
  expect(() => one.decide(again.id, "given")).toThrow(expect.objectContaining({ code: "conflict" }));
});

test("given but not used in time, it does not count", () => {
  const one = start();
  one.decide(one.ask(asking("h")).id, "given");
  clock += 60_001;
  expect(use(one)).toBe(false);
});

test("what expired while the system was down is settled at the start", () => {
  const { id } = start().ask(asking("h"));
  clock += 100_000;
  expect(start().list({ all: true, limit: 500 }).approvals).toMatchObject([{ id, state: "expired" }]);
});

test("who stops waiting is let go, at once where it already had", async () => {
  const one = start();
  const { id } = one.ask(asking("h"));
  await expect(one.decided(id, AbortSignal.abort("gone"))).rejects.toBe("gone");
  const late = new AbortController();
  const waits = one.decided(id, late.signal);
  late.abort("later");
  await expect(waits).rejects.toBe("later");
  expect(one.decide(id, "given").state).toBe("given");
});

test("a module cannot bury its owner in questions; others can still ask", () => {
  const one = start();
  for (let n = 0; n < 100; n++) one.ask(asking(`h${n}`));
  expect(() => one.ask(asking("more"))).toThrow(expect.objectContaining({ code: "rate_limited" }));
  expect(one.ask(asking("more", "other")).state).toBe("waiting");
});

test("large arguments are shown cut, and still bound whole by their hash", () => {
  const one = start();
  const asked = one.ask({ ...asking("h"), args: { body: "x".repeat(100_000) } });
  expect(asked.args).toMatchObject({ cut: true, begins: expect.stringContaining("xxx") });
  expect(asked.args_hash).toBe("h");
});
