import type { Schedule } from "../agent/schedules.tsx";
import { patternOf, type Rhythm, rhythmOf } from "./rhythm.ts";

/** A schedule while it is being written: all fields of the form, whichever of them counts. */
export interface ScheduleDraft {
  readonly kind: Rhythm["every"] | "once" | "pattern";
  readonly n: number;
  /** Of each so many hours: at this minute. */
  readonly minute: number;
  readonly day: number;
  readonly days: readonly number[];
  /** `HH:MM` */
  readonly time: string;
  /** As a field for date and time has it, in the viewer's zone. */
  readonly at: string;
  readonly pattern: string;
  readonly zone: string;
  readonly text: string;
  readonly function: string;
  /** What else is handed over, as it was. */
  readonly payload: Record<string, never>;
  readonly missed: Schedule["missed"];
}

/** When it runs, as the server takes it. */
export type When = { readonly cron: string } | { readonly at: string };

const two = (n: number) => String(n).padStart(2, "0");

/** The form's first state: of a schedule there is, or of a new one: each morning at eight. */
export function draftOf(schedule: Schedule | undefined, zone: string, now = new Date()): ScheduleDraft {
  const rhythm = schedule?.cron === undefined ? undefined : rhythmOf(schedule.cron);
  const kind =
    rhythm?.every ?? (schedule === undefined ? "days" : schedule.cron === undefined ? "once" : "pattern");
  const at = rhythm && "at" in rhythm ? rhythm.at : { hour: 8, minute: 0 };
  const once = new Date(schedule?.next_at ?? now.getTime() + 3_600_000);
  const payload =
    typeof schedule?.payload === "object" && schedule.payload !== null && !Array.isArray(schedule.payload)
      ? (schedule.payload as Record<string, never>)
      : {};
  const text =
    typeof schedule?.payload === "string" ? schedule.payload : (payload as { text?: unknown }).text;
  return {
    kind,
    n: rhythm && "n" in rhythm ? rhythm.n : 1,
    minute: rhythm?.every === "hours" ? rhythm.minute : 0,
    day: rhythm?.every === "month" ? rhythm.day : 1,
    days: rhythm?.every === "week" ? rhythm.days : [1, 2, 3, 4, 5],
    time: `${two(at.hour)}:${two(at.minute)}`,
    at: `${once.getFullYear()}-${two(once.getMonth() + 1)}-${two(once.getDate())}T${two(once.getHours())}:${two(once.getMinutes())}`,
    pattern: schedule?.cron ?? "",
    zone: schedule?.time_zone ?? zone,
    text: typeof text === "string" ? text : "",
    function: schedule?.function ?? "handle",
    payload,
    missed: schedule?.missed ?? "once",
  };
}

/** When it runs; `undefined` while something is missing. */
export function fromDraft(draft: ScheduleDraft): When | undefined {
  const [hour = Number.NaN, minute = Number.NaN] = draft.time.split(":").map(Number);
  const at = { hour, minute };
  const timed = Number.isInteger(hour) && Number.isInteger(minute);
  switch (draft.kind) {
    case "once": {
      const time = new Date(draft.at);
      return Number.isNaN(time.getTime()) ? undefined : { at: time.toISOString() };
    }
    case "pattern":
      return draft.pattern.trim() === "" ? undefined : { cron: draft.pattern.trim() };
    case "minutes":
      return { cron: patternOf({ every: "minutes", n: draft.n }) };
    case "hours":
      return { cron: patternOf({ every: "hours", n: draft.n, minute: draft.minute }) };
    case "days":
      return timed ? { cron: patternOf({ every: "days", at }) } : undefined;
    case "week":
      return timed && draft.days.length > 0
        ? { cron: patternOf({ every: "week", days: draft.days, at }) }
        : undefined;
    case "month":
      return timed && Number.isInteger(draft.day) && draft.day >= 1 && draft.day <= 31
        ? { cron: patternOf({ every: "month", day: draft.day, at }) }
        : undefined;
  }
}
