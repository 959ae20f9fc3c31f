import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { readTime, when } from "./read.ts";
import { moment, momentOf, zone } from "./zone.ts";

const amount = (unit: string) =>
  z.int().min(-1_000_000_000).max(1_000_000_000).default(0).describe(`${unit} to add; negative to subtract`);

export const addTime = defineTool({
  name: "time.add",
  version: 1,
  title: "Add time to a date",
  summary:
    "Add or subtract years, months, weeks, days, hours, minutes or seconds; changes of summer time are kept in mind.",
  keywords:
    "subtract plus minus later ago from now in days weeks deadline due date addieren rechnen sumar restar ajouter",
  input: z.object({
    time: when.default("now"),
    years: amount("Years"),
    months: amount("Months"),
    weeks: amount("Weeks"),
    days: amount("Days"),
    hours: amount("Hours"),
    minutes: amount("Minutes"),
    seconds: amount("Seconds"),
    time_zone: zone,
  }),
  output: moment,
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { time: "2026-01-31", months: 1 },
    { time: "2026-05-03T14:00:00Z", days: -10, hours: 3 },
  ],
  run({ time, time_zone, ...amounts }, place) {
    const from = readTime(time, time_zone, place.now());
    try {
      return Promise.resolve(momentOf(added(from, amounts)));
    } catch (error) {
      throw new FieldworkError("invalid_input", `That time is out of range: ${(error as Error).message}`);
    }
  },
});

/** One unit after the other, so that amounts of different signs can be mixed. */
function added(
  from: Temporal.ZonedDateTime,
  amounts: Readonly<Record<string, number>>,
): Temporal.ZonedDateTime {
  let at = from;
  for (const [unit, n] of Object.entries(amounts)) if (n !== 0) at = at.add({ [unit]: n });
  return at;
}
