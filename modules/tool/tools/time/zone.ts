import { z } from "zod";
import { FieldworkError } from "#contract";

export const zone = z
  .string()
  .min(1)
  .max(64)
  .default("UTC")
  .describe("Time zone, such as Europe/Berlin, UTC or +02:00");

/** @throws FieldworkError `invalid_input` for a zone nobody knows */
export function inZone(instant: Temporal.Instant, time_zone: string): Temporal.ZonedDateTime {
  try {
    return instant.toZonedDateTimeISO(time_zone);
  } catch (error) {
    throw new FieldworkError("invalid_input", `There is no time zone "${time_zone}".`, {
      remedy: "Use a name of the IANA list, such as America/New_York.",
      cause: error,
    });
  }
}

/** A moment with all that is asked about it. */
export const moment = z.object({
  iso: z.string().describe("ISO 8601 with the zone's offset"),
  utc: z.string().describe("ISO 8601 in UTC"),
  ms: z.number().describe("Milliseconds since 1970"),
  date: z.string().describe("Date in the zone"),
  time: z.string().describe("Time of day in the zone"),
  weekday: z.string().describe("Day of the week, in English"),
  week: z.int().describe("ISO week of the year"),
  day_of_year: z.int().describe("Day of the year, from 1"),
  time_zone: z.string().describe("The zone"),
});

export function momentOf(at: Temporal.ZonedDateTime): z.infer<typeof moment> {
  return {
    iso: at.toString({
      timeZoneName: "never",
      smallestUnit: at.millisecond === 0 ? "second" : "millisecond",
    }),
    utc: new Date(at.epochMilliseconds).toISOString(),
    ms: at.epochMilliseconds,
    date: at.toPlainDate().toString(),
    time: at.toPlainTime().toString({ smallestUnit: "second" }),
    weekday: WEEKDAYS[at.dayOfWeek - 1] as string,
    week: at.weekOfYear ?? 0,
    day_of_year: at.dayOfYear,
    time_zone: at.timeZoneId,
  };
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
