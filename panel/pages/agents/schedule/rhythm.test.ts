import { Cron } from "croner";
import { describe, expect, it } from "vitest";
import { patternOf, type Rhythm, rhythmOf } from "./rhythm.ts";

const at = { hour: 8, minute: 5 };
const RHYTHMS: readonly Rhythm[] = [
  { every: "minutes", n: 1 },
  { every: "minutes", n: 15 },
  { every: "hours", n: 1, minute: 30 },
  { every: "hours", n: 6, minute: 0 },
  { every: "days", at },
  { every: "week", days: [1, 2, 3, 4, 5], at },
  { every: "week", days: [0], at },
  { every: "month", day: 1, at },
];

describe("a rhythm", () => {
  it("is read back from the pattern it makes, and the schedule can run that pattern", () => {
    for (const rhythm of RHYTHMS) {
      const pattern = patternOf(rhythm);
      expect(rhythmOf(pattern), pattern).toEqual(rhythm);
      const made = new Cron(pattern, { timezone: "Europe/Berlin", mode: "5-or-6-parts", paused: true });
      expect(made.nextRun(), pattern).not.toBeNull();
    }
  });
  it("is read from the ways people write it", () => {
    expect(rhythmOf("0 5 8 * * mon-fri")).toEqual({ every: "week", days: [1, 2, 3, 4, 5], at });
    expect(rhythmOf("5 8 * * 7")).toEqual({ every: "week", days: [0], at });
    expect(rhythmOf("5 8 ? * *")).toEqual({ every: "days", at });
  });
  it("is not made up where a pattern means something else", () => {
    for (const pattern of [
      "*/7 * * * *",
      "5 8 1 1 *",
      "5 8 1 * 1",
      "5,10 8 * * *",
      "30 5 8 * * *",
      "x",
      "",
      "99 8 * * *",
    ])
      expect(rhythmOf(pattern), pattern).toBeUndefined();
  });
});
