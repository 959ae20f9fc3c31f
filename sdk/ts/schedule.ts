import { args, type Call } from "./call.ts";
import type { Json } from "./json.ts";

/** What is called: one of the agent's own functions. */
export interface Scheduled {
  /** Default `handle`. */
  readonly function?: string;
  readonly payload?: Json;
  /** Runs missed while the system was down: none, one (default), or all. */
  readonly missed?: "skip" | "once" | "all";
}

export interface ScheduleEntry {
  readonly id: string;
  readonly module: string;
  readonly cron?: string;
  readonly time_zone?: string;
  /** ISO 8601. */
  readonly next_at: string | null;
  readonly last_at: string | null;
  readonly last_error: string | null;
  readonly function: string;
  readonly payload: Json;
  readonly missed: "skip" | "once" | "all";
}

/** Calls at a later time; they survive a restart. */
export interface Schedule {
  /** Once, after so many milliseconds. */
  after(ms: number, what?: Scheduled): Promise<{ readonly id: string; readonly next_at: string }>;
  /** By a cron pattern, seconds allowed; UTC unless a time zone is named. */
  cron(
    pattern: string,
    what?: Scheduled & { readonly id?: string; readonly time_zone?: string },
  ): Promise<{ readonly id: string; readonly next_at: string | null }>;
  list(): Promise<readonly ScheduleEntry[]>;
  /** Whether there was such a schedule. */
  cancel(id: string): Promise<boolean>;
}

export function createSchedule(call: Call): Schedule {
  return {
    after: (ms, what = {}) => call("schedule.after", args({ ms, ...what })),
    cron: (cron, what = {}) => call("schedule.cron", args({ cron, ...what })),
    async list() {
      return (await call<{ schedules: ScheduleEntry[] }>("schedule.list")).schedules;
    },
    async cancel(id) {
      return (await call<{ cancelled: boolean }>("schedule.cancel", { id })).cancelled;
    },
  };
}
