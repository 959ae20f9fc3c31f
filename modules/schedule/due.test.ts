import { expect, test } from "vitest";
import { dueTimes, nextRun } from "./due.ts";
import type { Schedule } from "./table.ts";

const at = (iso: string) => Date.parse(iso);
const runs = (cron: string, zone: string, from: string, count: number) => {
  const found: string[] = [];
  for (let after = at(from); found.length < count; ) {
    after = nextRun(cron, zone, after) as number;
    found.push(new Date(after).toISOString().slice(0, 19));
  }
  return found;
};

test.each([
  ["* * * * * *", "UTC", ["2026-01-01T00:00:01", "2026-01-01T00:00:02"]],
  ["*/15 * * * * *", "UTC", ["2026-01-01T00:00:15", "2026-01-01T00:00:30"]],
  [
    "30 9 * * MON-FRI",
    "Europe/Berlin",
    ["2026-01-01T08:30:00", "2026-01-02T08:30:00", "2026-01-05T08:30:00"],
  ],
  ["0 0 L * *", "UTC", ["2026-01-31T00:00:00", "2026-02-28T00:00:00"]],
  ["0 12 1,15 */2 *", "UTC", ["2026-01-01T12:00:00", "2026-01-15T12:00:00", "2026-03-01T12:00:00"]],
  ["@daily", "America/New_York", ["2026-01-01T05:00:00", "2026-01-02T05:00:00"]],
])("%s in %s", (cron, zone, expected) =>
  expect(runs(cron, zone, "2026-01-01T00:00:00Z", expected.length)).toEqual(expected),
);

test.each([
  ["Europe/Berlin", "2026-03-28T12:00:00Z", ["2026-03-29T01:00:00", "2026-03-30T00:30:00"]],
  ["America/New_York", "2026-03-07T12:00:00Z", ["2026-03-08T07:00:00", "2026-03-09T06:30:00"]],
])(
  "a time that does not exist in %s runs once, when the clocks have gone forward",
  (zone, from, expected) => {
    expect(runs("30 2 * * *", zone, from, 2)).toEqual(expected);
  },
);

test.each([
  ["Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-25T00:30:00", "2026-10-26T01:30:00"]],
  ["America/New_York", "2026-10-31T12:00:00Z", ["2026-11-01T05:30:00", "2026-11-02T06:30:00"]],
])("a time that exists twice on the day the clocks go back in %s runs once", (zone, from, expected) => {
  const local = zone === "Europe/Berlin" ? "30 2 * * *" : "30 1 * * *";
  expect(runs(local, zone, from, 2)).toEqual(expected);
});

test("noon stays noon over the change of the clocks", () => {
  expect(runs("0 12 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z", 2)).toEqual([
    "2026-03-28T11:00:00",
    "2026-03-29T10:00:00",
  ]);
});

test.each([
  ["* * * *", "UTC"],
  ["61 * * * *", "UTC"],
  ["*/0 * * * *", "UTC"],
  ["hello", "UTC"],
  ["* * * * *", "Mars/Olympus"],
  ["0 0 0 1 1 * 2099", "UTC"],
])("%s in %s cannot be read, and the remedy says how to write it", (cron, zone) =>
  expect(() => nextRun(cron, zone, 0)).toThrow(
    expect.objectContaining({ code: "invalid_input", remedy: expect.stringContaining("five or six") }),
  ),
);

test("a pattern that never comes true is found out quickly", () => {
  nextRun("* * * * *", "Europe/Berlin", 0);
  const begun = performance.now();
  expect(nextRun("0 0 30 2 *", "Europe/Berlin", at("2026-01-01T00:00:00Z"))).toBeNull();
  expect(performance.now() - begun).toBeLessThan(30_000);
});

const schedule = (more: Partial<Schedule>): Schedule => ({
  id: "a",
  tainted: false,
  module: "notes",
  cron: "0 * * * *",
  timeZone: "UTC",
  function: "handle",
  payload: {},
  missed: "once",
  nextAt: at("2026-01-01T00:00:00Z"),
  lastAt: null,
  lastError: null,
  madeAt: 0,
  ...more,
});
const due = (more: Partial<Schedule>, now: string) =>
  dueTimes(schedule(more), at(now)).map((time) => new Date(time).toISOString().slice(11, 19));

test("nothing is due before its time", () => {
  expect(due({}, "2025-12-31T23:59:59Z")).toEqual([]);
  expect(due({ nextAt: null }, "2026-01-01T09:00:00Z")).toEqual([]);
});

test("missed runs are made up for all, once, or not at all", () => {
  const now = "2026-01-01T03:20:00Z";
  expect(due({ missed: "all" }, now)).toEqual(["00:00:00", "01:00:00", "02:00:00", "03:00:00"]);
  expect(due({ missed: "once" }, now)).toEqual(["03:00:00"]);
  expect(due({ missed: "skip" }, now)).toEqual([]);
  expect(due({ missed: "skip" }, "2026-01-01T03:00:30Z")).toEqual(["03:00:00"]);
  expect(due({ missed: "skip", cron: null }, now)).toEqual([]);
  expect(due({ missed: "once", cron: null }, now)).toEqual(["00:00:00"]);
});

test("of very many missed runs the newest hundred count, in order", () => {
  const now = "2026-01-02T00:00:00Z";
  const begun = performance.now();
  const all = due({ cron: "* * * * * *", missed: "all" }, now);
  expect(performance.now() - begun).toBeLessThan(30_000);
  expect([all.length, all[0], all.at(-1)]).toEqual([100, "23:58:21", "00:00:00"]);
  expect(due({ cron: "* * * * * *", missed: "once" }, now)).toEqual(["00:00:00"]);
  expect(due({ cron: "* * * * * *", missed: "skip" }, now)).toEqual(["00:00:00"]);
});
