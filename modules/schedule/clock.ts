import type { Host } from "#contract";
import { nextRun, type Schedule, type ScheduleTable } from "./table.ts";

/** The wall clock may be set at any time, so no sleep is longer than this. */
const LONGEST_SLEEP_MS = 30_000;
const MISSED_RUNS_MAX = 100;
/** A run this late was not missed, only a little late. */
const LATE_MS = 60_000;

/** Sleeps until the next schedule is due, then puts its call into the module's inbox, where it is durable. */
export function createScheduleClock(host: Host, table: ScheduleTable) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const deliver = async (schedule: Schedule, due: number): Promise<void> => {
    await host.call("message.send", {
      to: schedule.module,
      function: schedule.function,
      session: `schedule:${schedule.id}`,
      source: { kind: "schedule", id: schedule.id },
      payload: {
        source: { kind: "schedule", id: schedule.id },
        type: "schedule",
        payload: schedule.payload,
        context: { due_at: new Date(due).toISOString() },
      },
    });
  };

  const run = async (schedule: Schedule): Promise<void> => {
    const now = host.now();
    const due = dueTimes(schedule, now);
    const next = schedule.cron === null ? null : nextRun(schedule.cron, schedule.timeZone ?? "UTC", now);
    let error: string | null = null;
    for (const at of due) {
      try {
        await deliver(schedule, at);
      } catch (thrown) {
        error = (thrown as Error).message.slice(0, 500);
        host.log.warn(`the schedule ${schedule.id} of ${schedule.module} could not be delivered: ${error}`);
      }
    }
    if (schedule.cron === null && error === null) table.delete(schedule.module, schedule.id);
    else table.ran(schedule, now, next, error);
  };

  const wake = async (): Promise<void> => {
    for (const schedule of table.due(host.now())) await run(schedule);
    plan();
  };
  const plan = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const next = table.nextAt();
    if (next === null) return;
    timer = setTimeout(() => void wake(), Math.max(0, Math.min(next - host.now(), LONGEST_SLEEP_MS)));
    timer.unref();
  };

  return {
    plan,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** The times a schedule is to run for now, by its policy for missed runs. */
export function dueTimes({ cron, timeZone, missed, nextAt }: Schedule, now: number): number[] {
  if (nextAt === null) return [];
  const times = [nextAt];
  while (cron !== null && times.length < MISSED_RUNS_MAX) {
    const next = nextRun(cron, timeZone ?? "UTC", times.at(-1) as number);
    if (next === null || next > now) break;
    times.push(next);
  }
  const last = times.at(-1) as number;
  if (missed === "all") return times;
  if (missed === "once") return [last];
  return now - last <= LATE_MS ? [last] : [];
}
