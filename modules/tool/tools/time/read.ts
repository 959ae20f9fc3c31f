import { z } from "zod";
import { FieldworkError } from "#contract";
import { inZone } from "./zone.ts";

export const when = z
  .union([z.string().min(1).max(100), z.number()])
  .describe(
    "A time: 2026-05-03T14:00:00Z, 2026-05-03 14:00, 3.5.2026, seconds or milliseconds since 1970, or now",
  );

const SECONDS_MAX = 100_000_000_000;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"] as const;

/**
 * A time as people and programs write it. What names no zone is meant in the one given.
 * @throws FieldworkError `invalid_input`, also for 03/04/2026, which is two days
 */
export function readTime(given: string | number, time_zone: string, now: number): Temporal.ZonedDateTime {
  const zoned = (ms: number) => inZone(Temporal.Instant.fromEpochMilliseconds(ms), time_zone);
  zoned(0);
  const text = String(given).trim();
  try {
    if (/^now$/i.test(text)) return zoned(now);
    if (/^[+-]?\d{5,}(\.\d+)?$/.test(text)) {
      const value = Number(text);
      return zoned(Math.trunc(Math.abs(value) < SECONDS_MAX ? value * 1000 : value));
    }
    if (/^\d{4}-\d\d-\d\d[T ]\d\d(:\d\d)?.*(Z|[+-]\d\d(:?\d\d)?)(\[.*\])?$/i.test(text))
      return Temporal.Instant.from(text).toZonedDateTimeISO(time_zone);
    const plain = plainOf(text);
    if (plain) return plain.toZonedDateTime(time_zone);
    // What is left is the form of mails: Sun, 03 May 2026 14:00:00 +0200
    if (/\d{4} \d\d?:\d\d.*([+-]\d{4}|GMT|UTC|Z)$/i.test(text) && !Number.isNaN(Date.parse(text)))
      return zoned(Date.parse(text));
  } catch (error) {
    if (error instanceof FieldworkError) throw error;
    throw unreadable(text, (error as Error).message);
  }
  throw unreadable(text, "it has none of the forms that are known");
}

function plainOf(text: string): Temporal.PlainDateTime | undefined {
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?))?$/i.exec(text);
  if (iso) return at(Temporal.PlainDate.from(iso[1] as string), iso[2]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? +(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(text);
  if (dotted) return at(date(dotted[3], dotted[2], dotted[1]), dotted[4]);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:,? +(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(text);
  if (slashed)
    return at(date(slashed[3], ...monthAndDay(text, slashed[1] as string, slashed[2] as string)), slashed[4]);
  const dayFirst = /^(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})(?:,? +(\d{1,2}:\d\d(?::\d\d)?))?$/i.exec(text);
  if (dayFirst) return at(date(dayFirst[3], month(dayFirst[2] as string), dayFirst[1]), dayFirst[4]);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:,? +(\d{1,2}:\d\d(?::\d\d)?))?$/i.exec(text);
  if (monthFirst)
    return at(date(monthFirst[3], month(monthFirst[1] as string), monthFirst[2]), monthFirst[4]);
  return undefined;
}

const at = (day: Temporal.PlainDate, time: string | undefined): Temporal.PlainDateTime =>
  day.toPlainDateTime(
    time === undefined
      ? undefined
      : Temporal.PlainTime.from(time.padStart(time.indexOf(":") === 1 ? time.length + 1 : 0, "0")),
  );

const date = (year?: string, monthNumber?: string | number, day?: string): Temporal.PlainDate =>
  Temporal.PlainDate.from(
    { year: Number(year), month: Number(monthNumber), day: Number(day) },
    { overflow: "reject" },
  );

function month(name: string): number {
  const found = MONTHS.findIndex((one) => name.toLowerCase().startsWith(one)) + 1;
  if (found === 0) throw unreadable(name, "it is no month in English");
  return found;
}

function monthAndDay(text: string, first: string, second: string): [string, string] {
  if (first === second || Number(second) > 12) return [first, second];
  if (Number(first) > 12) return [second, first];
  throw unreadable(text, "it may be two different days");
}

const unreadable = (text: string, why: string): FieldworkError =>
  new FieldworkError("invalid_input", `The time "${text}" cannot be read: ${why}.`, {
    remedy: "Write it as 2026-05-03 or 2026-05-03T14:00:00+02:00.",
  });
