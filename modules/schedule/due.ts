import { Cron } from "croner";
import { FieldworkError } from "#contract";
import type { Schedule } from "./table.ts";

/** Of those that were missed, the newest this many are made up for. */
const MISSED_RUNS_MAX = 100;
/** A run this late was not missed, only a little late. */
const LATE_MS = 60_000;

/** The next time of a cron pattern after a moment. @throws FieldworkError `invalid_input` */
export function nextRun(cron: string, timeZone: string, after: number): number | null {
  return pattern(cron, timeZone, (made) => made.nextRun(new Date(after))?.getTime() ?? null);
}

/** The last times of a cron pattern up to a moment, the oldest first. */
function previousRuns(cron: string, timeZone: string, count: number, upTo: number): number[] {
  const before = new Date((Math.floor(upTo / 1000) + 1) * 1000);
  return pattern(cron, timeZone, (made) => made.previousRuns(count, before))
    .map((date) => date.getTime())
    .sort((a, b) => a - b);
}

function pattern<T>(cron: string, timeZone: string, use: (made: Cron) => T): T {
  try {
    return use(new Cron(cron, { timezone: timeZone, mode: "5-or-6-parts", paused: true }));
  } catch (error) {
    throw new FieldworkError(
      "invalid_input",
      `The schedule "${cron}" (${timeZone}) cannot be read: ${(error as Error).message}`,
      {
        remedy:
          "Write five or six fields (seconds first where there are six), and a time zone such as Europe/Berlin.",
      },
    );
  }
}

/** The times a schedule is to run for now, by its policy for missed runs. */
export function dueTimes({ cron, timeZone, missed, nextAt }: Schedule, now: number): number[] {
  if (nextAt === null || nextAt > now) return [];
  const times = cron === null ? [nextAt] : missedRuns(cron, timeZone ?? "UTC", nextAt, now);
  const last = times.at(-1) as number;
  if (missed === "all") return times;
  if (missed === "once") return [last];
  return now - last <= LATE_MS ? [last] : [];
}

/** From the first that was due to now; only the newest, where there are too many. */
function missedRuns(cron: string, timeZone: string, first: number, now: number): number[] {
  const times = [first];
  while (times.length < MISSED_RUNS_MAX) {
    const next = nextRun(cron, timeZone, times.at(-1) as number);
    if (next === null || next > now) return times;
    times.push(next);
  }
  return previousRuns(cron, timeZone, MISSED_RUNS_MAX, now);
}
