import { expect, test } from "vitest";
import { FieldworkError, type Place, type Tool } from "#contract";
import { time } from "./index.ts";

const place = { now: () => Date.parse("2026-05-03T12:00:00Z") } as Place;
const run = async (name: string, args: object): Promise<Record<string, unknown>> => {
  const tool = time.find((one) => one.name === name) as Tool;
  return (await tool.run(tool.input.parse(args), place)) as Record<string, unknown>;
};
const parse = async (given: string | number, more = {}) =>
  (await run("time.parse", { time: given, ...more })).utc;

test("now is told in any zone", async () => {
  expect(await run("time.now", { time_zone: "Asia/Tokyo" })).toMatchObject({
    iso: "2026-05-03T21:00:00+09:00",
    date: "2026-05-03",
    time: "21:00:00",
    weekday: "Sunday",
    week: 18,
    day_of_year: 123,
  });
});

test.each([
  ["2026-05-03", "2026-05-03T00:00:00.000Z"],
  ["2026-05-03 9:30", "2026-05-03T09:30:00.000Z"],
  ["2026-05-03T14:00:00+02:00", "2026-05-03T12:00:00.000Z"],
  ["2026-05-03T14:00:00.250Z", "2026-05-03T14:00:00.250Z"],
  ["3.5.2026", "2026-05-03T00:00:00.000Z"],
  ["03.05.2026, 14:00", "2026-05-03T14:00:00.000Z"],
  ["25/12/2026", "2026-12-25T00:00:00.000Z"],
  ["12/25/2026 8:05", "2026-12-25T08:05:00.000Z"],
  ["3 May 2026", "2026-05-03T00:00:00.000Z"],
  ["December 3, 2026", "2026-12-03T00:00:00.000Z"],
  ["Sun, 03 May 2026 14:00:00 +0200", "2026-05-03T12:00:00.000Z"],
  [1777809600, "2026-05-03T12:00:00.000Z"],
  [1777809600000, "2026-05-03T12:00:00.000Z"],
  ["now", "2026-05-03T12:00:00.000Z"],
])("%s is read", async (given, utc) => expect(await parse(given)).toBe(utc));

test.each(["03/04/2026", "2026-02-30", "31.4.2026", "yesterday-ish", "", "13/13/2026", "25:00"])(
  "%s is refused",
  async (given) => {
    const error = await (async () => parse(given))().then(
      () => undefined,
      (thrown) => thrown,
    );
    if (given === "") expect(error).toBeDefined();
    else expect(error).toBeInstanceOf(FieldworkError);
  },
);

test("a time that names no zone is meant where it is said to be", async () => {
  const args = { time: "2026-05-03 14:00", from_zone: "Europe/Berlin", time_zone: "America/New_York" };
  expect((await run("time.parse", args)).iso).toBe("2026-05-03T08:00:00-04:00");
});

test("months have their own lengths, and summer time is kept in mind", async () => {
  expect((await run("time.add", { time: "2026-01-31", months: 1 })).date).toBe("2026-02-28");
  const night = { time: "2026-03-28 12:00", time_zone: "Europe/Berlin" };
  expect((await run("time.add", { ...night, days: 1 })).iso).toBe("2026-03-29T12:00:00+02:00");
  expect((await run("time.add", { ...night, hours: 24 })).iso).toBe("2026-03-29T13:00:00+02:00");
  expect((await run("time.add", { days: -3, hours: 1 })).utc).toBe("2026-04-30T13:00:00.000Z");
});

test("the time between two dates", async () => {
  expect(await run("time.difference", { from: "2026-01-31", to: "2026-05-03" })).toMatchObject({
    text: "3 months and 3 days",
    days: 92,
    calendar_days: 92,
    hours: 2208,
  });
  expect((await run("time.difference", { from: "2026-05-04", to: "2026-05-03" })).text).toBe("1 day before");
  expect((await run("time.difference", { from: "now", to: "now" })).text).toBe("no time");
});

test("a date is written as its readers do", async () => {
  const args = { time: "2026-05-03T12:00:00Z", time_zone: "Europe/Berlin", locale: "de-DE" };
  expect((await run("time.format", args)).text).toContain("Sonntag, 3. Mai 2026");
});
