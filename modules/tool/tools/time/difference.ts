import { z } from "zod";
import { defineTool } from "#contract";
import { readTime, when } from "./read.ts";
import { zone } from "./zone.ts";

const DAY_MS = 86_400_000;

export const timeDifference = defineTool({
  name: "time.difference",
  version: 1,
  title: "Time between two dates",
  summary:
    "How much time lies between two times: in years, months, days and so on, and in total days, hours and seconds.",
  keywords:
    "days between duration elapsed how long until since age countdown dauer tage zwischen wie lange cuántos días combien de jours",
  input: z.object({ from: when, to: when.default("now"), time_zone: zone }),
  output: z.object({
    text: z.string().describe("In words, such as 1 year, 2 months and 3 days"),
    iso: z.string().describe("ISO 8601 duration; negative where `to` is earlier"),
    days: z.number().describe("Days in total, by the clock; negative where `to` is earlier"),
    calendar_days: z.int().describe("How many dates later `to` is in the zone"),
    hours: z.number().describe("Hours in total"),
    seconds: z.number().describe("Seconds in total"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ from: "2026-01-31", to: "2026-05-03" }],
  run({ from, to, time_zone }, place) {
    const [start, end] = [readTime(from, time_zone, place.now()), readTime(to, time_zone, place.now())];
    const between = start.until(end, { largestUnit: "years", smallestUnit: "seconds" });
    const ms = end.epochMilliseconds - start.epochMilliseconds;
    return Promise.resolve({
      text: inWords(between),
      iso: between.toString(),
      days: rounded(ms / DAY_MS),
      calendar_days: start.toPlainDate().until(end.toPlainDate()).days,
      hours: rounded(ms / 3_600_000),
      seconds: ms / 1000,
    });
  },
});

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

function inWords(between: Temporal.Duration): string {
  const units = ["years", "months", "days", "hours", "minutes", "seconds"] as const;
  const parts = units.flatMap((unit) => {
    const n = Math.abs(between[unit]);
    return n === 0 ? [] : [`${n} ${n === 1 ? unit.slice(0, -1) : unit}`];
  });
  if (parts.length === 0) return "no time";
  const text = new Intl.ListFormat("en-GB").format(parts);
  return between.sign < 0 ? `${text} before` : text;
}
