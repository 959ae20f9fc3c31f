import { randomBytes } from "node:crypto";
import { type Host, toErrorData } from "#contract";
import { dueTimes, nextRun } from "./due.ts";
import type { Schedule, ScheduleTable } from "./table.ts";

/** The wall clock may be set at any time, so no sleep is longer than this. */
const LONGEST_SLEEP_MS = 30_000;
/** A clock that goes back further than this was set. */
const SET_BACK_MS = 60_000;
const AGAIN_MS = 5000;
/** Errors that mend themselves or are mended by the owner: the run is due until it could be delivered. */
const PASSING = new Set([
  "rate_limited",
  "safe_mode",
  "unavailable",
  "storage_failed",
  "timeout",
  "cancelled",
]);

export interface ScheduleClock {
  /** Looks again when to wake. */
  plan(): void;
  stop(): void;
}

/** Sleeps until the next schedule is due, then puts its call into the module's inbox, where it is durable. */
export function createScheduleClock(host: Host, table: ScheduleTable): ScheduleClock {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let awake = false;
  let seen = host.now();

  /** The key makes a delivery after a crash the same as the one before it. */
  const deliver = async (schedule: Schedule, due: number): Promise<void> => {
    const source = { kind: "schedule", id: schedule.id };
    await host.call("message.send", {
      to: schedule.module,
      function: schedule.function,
      session: `schedule:${schedule.id}`.replaceAll(/[^\w.:@-]/g, "_"),
      source,
      key: `${schedule.madeAt}:${due}`,
      ...(schedule.tainted ? { tainted: true } : {}),
      payload: {
        source,
        type: "schedule",
        payload: schedule.payload,
        context: { due_at: new Date(due).toISOString() },
      },
    });
  };

  /** Gives false when it stays due. */
  const run = async (schedule: Schedule): Promise<boolean> => {
    const now = host.now();
    let error: string | null = null;
    try {
      for (const at of dueTimes(schedule, now)) await deliver(schedule, at);
    } catch (thrown) {
      const { code, message } = toErrorData(thrown);
      error = message.slice(0, 500);
      if (schedule.lastError !== error)
        host.log.warn(`the schedule ${schedule.id} of ${schedule.module} could not be delivered: ${error}`);
      if (PASSING.has(code)) {
        table.failed(schedule, error);
        return false;
      }
    }
    if (schedule.cron === null) {
      table.delete(schedule.module, schedule.id);
      if (error !== null) giveUp(schedule, error);
    } else table.ran(schedule, now, following(schedule, now), error);
    return true;
  };

  const giveUp = ({ id, module }: Schedule, message: string) =>
    host.append({
      kind: "schedule.failed",
      subject: module,
      data: { id, message },
      trace: randomBytes(16).toString("hex"),
      span: randomBytes(8).toString("hex"),
    });

  /** After the clock was set back, patterns go on from the new time. */
  const noticeSetBack = () => {
    const now = host.now();
    if (now < seen - SET_BACK_MS) table.replan(now, (schedule) => following(schedule, now));
    seen = now;
  };

  const wake = async (): Promise<void> => {
    if (awake) return;
    awake = true;
    let allRan = true;
    try {
      noticeSetBack();
      for (const schedule of table.due(host.now())) {
        if (stopped) break;
        allRan = (await run(schedule)) && allRan;
      }
    } catch (error) {
      allRan = false;
      host.log.error(`the schedules cannot be read or written: ${(error as Error).message}`);
    } finally {
      awake = false;
    }
    plan(allRan ? 0 : AGAIN_MS);
  };
  const plan = (least = 0): void => {
    clearTimeout(timer);
    if (stopped || awake) return;
    const next = table.nextAt();
    if (next === null) return;
    const sleep = Math.max(least, Math.min(next - host.now(), LONGEST_SLEEP_MS), 0);
    timer = setTimeout(() => void wake(), sleep).unref();
  };

  table.replan(seen, (schedule) => following(schedule, seen));
  return {
    plan: () => plan(),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** When a schedule runs next after a moment; `null` for never. */
function following({ cron, timeZone }: Schedule, after: number): number | null {
  if (cron === null) return null;
  try {
    return nextRun(cron, timeZone ?? "UTC", after);
  } catch {
    // A time zone may go with an upgrade of the runtime; the schedule then stands still, with its last error shown.
    return null;
  }
}
