import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";
import { dropSteps, openStepLog, stepMigrations } from "./index.ts";

let folder: string;
let db: OpenDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fw-steps-"));
  db = openDatabase(join(folder, "state.db"), { migrations: stepMigrations });
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const request = (text: string) => Buffer.from(text);

test("a finished call answers from the record in the next run, with its taint", () => {
  const first = openStepLog(db, "m1").step(request("a"));
  if (first.state !== "new") throw new Error(first.state);
  first.begin();
  first.end('{"ok":true}', true, []);
  const again = openStepLog(db, "m1");
  expect(again.resumed).toBe(true);
  expect(again.step(request("a"))).toEqual({
    state: "answered",
    reply: '{"ok":true}',
    tainted: true,
    said: [],
  });
});

test("a call that was begun and not finished is unknown", () => {
  const first = openStepLog(db, "m1").step(request("a"));
  if (first.state === "new") first.begin();
  expect(openStepLog(db, "m1").step(request("a"))).toEqual({ state: "unknown" });
});

test("the same call twice in one run is two steps, in order", () => {
  const log = openStepLog(db, "m1");
  for (const reply of ["one", "two"]) {
    const step = log.step(request("a"));
    if (step.state === "new") step.end(reply, false, []);
  }
  const again = openStepLog(db, "m1");
  expect(
    [again.step(request("a")), again.step(request("a")), again.step(request("a"))].map((step) =>
      "reply" in step ? step.reply : step.state,
    ),
  ).toEqual(["one", "two", "new"]);
});

test("messages do not share their steps, and a dropped record is gone", () => {
  const step = openStepLog(db, "m1").step(request("a"));
  if (step.state === "new") step.end("one", false, []);
  expect(openStepLog(db, "m2").step(request("a")).state).toBe("new");
  dropSteps(db, "m1");
  expect(openStepLog(db, "m1").step(request("a")).state).toBe("new");
});

test("a run that goes another way than the one before may read, and may change nothing until it has come to what was done", () => {
  const first = openStepLog(db, "m1").step(request("pay at noon"));
  if (first.state !== "new") throw new Error(first.state);
  first.begin();
  first.end("paid", false, []);
  const again = openStepLog(db, "m1");
  const other = again.step(request("pay at one"));
  expect(() => other.state === "new" && other.begin()).toThrow("other things than before");
  expect(again.step(request("pay at noon")).state).toBe("answered");
  const next = again.step(request("write"));
  expect(() => next.state === "new" && next.begin()).not.toThrow();
});
