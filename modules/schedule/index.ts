/**
 * `schedule.*`: calls at a later time or by a cron pattern; durable, in any time zone.
 * @module
 */
import { type CallContext, capability, defineModule, FieldworkError, provide, TIERS } from "#contract";
import { createScheduleClock } from "./clock.ts";
import { createScheduleTable, migrations, nextRun, type Schedule, type ScheduleTable } from "./table.ts";

let table: ScheduleTable | undefined;
let clock: ReturnType<typeof createScheduleClock> | undefined;

const running = () => {
  if (!table || !clock) throw new FieldworkError("unavailable", "Schedules are not running yet.");
  return { table, clock };
};
const isOwner = ({ caller }: CallContext): boolean => TIERS.indexOf(caller.tier) >= TIERS.indexOf("owner");
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const shown = (one: Schedule) => ({
  id: one.id,
  module: one.module,
  ...(one.cron === null ? {} : { cron: one.cron, time_zone: one.timeZone ?? "UTC" }),
  next_at: iso(one.nextAt),
  last_at: iso(one.lastAt),
  last_error: one.lastError,
  function: one.function,
  payload: one.payload,
  missed: one.missed,
});

export default defineModule({
  id: "schedule",
  migrations,
  provides: [
    provide(capability("schedule.after"), async ({ ms, function: fn, payload, missed }, context) => {
      const { table: rows, clock: ticking } = running();
      const nextAt = context.host.now() + ms;
      const made = rows.put({
        module: context.caller.id,
        cron: null,
        timeZone: null,
        function: fn,
        payload,
        missed,
        nextAt,
      });
      await rows.durable();
      ticking.plan();
      return { id: made.id, next_at: new Date(nextAt).toISOString() };
    }),
    provide(
      capability("schedule.cron"),
      async ({ id, cron: pattern, time_zone, function: fn, payload, missed }, context) => {
        const { table: rows, clock: ticking } = running();
        const nextAt = nextRun(pattern, time_zone, context.host.now());
        const made = rows.put({
          id,
          module: context.caller.id,
          cron: pattern,
          timeZone: time_zone,
          function: fn,
          payload,
          missed,
          nextAt,
        });
        await rows.durable();
        ticking.plan();
        return { id: made.id, next_at: iso(nextAt) };
      },
    ),
    provide(capability("schedule.list"), ({ module }, context) => {
      const whose = isOwner(context) ? module : context.caller.id;
      return { schedules: running().table.list(whose).map(shown) };
    }),
    provide(capability("schedule.cancel"), async ({ id }, context) => {
      const { table: rows, clock: ticking } = running();
      const cancelled = rows.delete(isOwner(context) ? undefined : context.caller.id, id);
      await rows.durable();
      ticking.plan();
      return { cancelled };
    }),
  ],
  start(host) {
    table = createScheduleTable(host.database());
    clock = createScheduleClock(host, table);
    clock.plan();
    return clock.stop;
  },
});
