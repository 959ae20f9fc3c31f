/**
 * `schedule.*`: calls at a later time or by a cron pattern; durable, in any time zone.
 * @module
 */
import { type CallContext, capability, defineModule, FieldworkError, type Host, provide } from "#contract";
import { createScheduleClock, type ScheduleClock } from "./clock.ts";
import { nextRun } from "./due.ts";
import { createScheduleTable, migrations, type Schedule, type ScheduleTable } from "./table.ts";

interface Running {
  readonly table: ScheduleTable;
  readonly clock: ScheduleClock;
}

/** By the host of each kernel in this process. */
const started = new WeakMap<Host, Running>();

const running = ({ host }: CallContext): Running => {
  const found = started.get(host);
  if (!found) throw new FieldworkError("unavailable", "Schedules are not running yet.");
  return found;
};
/** A schedule calls a function of the module that made it. */
const moduleOf = ({ caller }: CallContext): string => {
  if (caller.tier === "guest" || caller.tier === "shared") return caller.id;
  throw new FieldworkError("conflict", "Only a module can schedule calls, of its own functions.");
};
const isOwner = ({ caller }: CallContext): boolean => caller.tier === "owner";
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

function note(
  { host, trace, span }: CallContext,
  kind: string,
  { id, module }: Pick<Schedule, "id" | "module">,
): void {
  host.append({ kind, subject: module, data: { id, module }, trace, span });
}

export default defineModule({
  id: "schedule",
  summary: "Calls at a later time, or by a cron pattern.",
  migrations,
  provides: [
    provide(capability("schedule.after"), async ({ ms, function: fn, payload, missed }, context) => {
      const { table, clock } = running(context);
      const madeAt = context.host.now();
      const nextAt = madeAt + ms;
      const made = table.put({
        module: moduleOf(context),
        madeAt,
        cron: null,
        timeZone: null,
        function: fn,
        payload,
        missed,
        nextAt,
        tainted: context.tainted,
      });
      note(context, "schedule.set", made);
      await table.durable();
      clock.plan();
      return { id: made.id, next_at: new Date(nextAt).toISOString() };
    }),
    provide(
      capability("schedule.cron"),
      async ({ id, cron: pattern, time_zone, function: fn, payload, missed }, context) => {
        const { table, clock } = running(context);
        const madeAt = context.host.now();
        const nextAt = nextRun(pattern, time_zone, madeAt);
        if (nextAt === null)
          throw new FieldworkError("invalid_input", `The schedule "${pattern}" would never run.`);
        const made = table.put({
          id,
          module: moduleOf(context),
          madeAt,
          cron: pattern,
          timeZone: time_zone,
          function: fn,
          payload,
          missed,
          nextAt,
          tainted: context.tainted,
        });
        note(context, "schedule.set", made);
        await table.durable();
        clock.plan();
        return { id: made.id, next_at: iso(nextAt) };
      },
    ),
    provide(capability("schedule.list"), ({ module }, context) => {
      const whose = isOwner(context) ? module : context.caller.id;
      return { schedules: running(context).table.list(whose).map(shown) };
    }),
    provide(capability("schedule.cancel"), async ({ id, module }, context) => {
      const { table, clock } = running(context);
      const whose = isOwner(context) ? (module ?? theOnly(table.modulesWith(id), id)) : context.caller.id;
      const cancelled = whose !== undefined && table.delete(whose, id);
      if (cancelled) note(context, "schedule.cancelled", { id, module: whose });
      await table.durable();
      clock.plan();
      return { cancelled };
    }),
    provide(capability("schedule.set"), async (asked, context) => {
      const { module, id, cron, time_zone, at, function: fn, payload, missed } = asked;
      const { table, clock } = running(context);
      context.host.folderOf(module);
      if ((cron === undefined) === (at === undefined))
        throw new FieldworkError("invalid_input", "A schedule has either a cron pattern or a time.");
      const madeAt = context.host.now();
      const nextAt = cron === undefined ? Date.parse(at as string) : nextRun(cron, time_zone, madeAt);
      if (nextAt === null)
        throw new FieldworkError("invalid_input", `The schedule "${cron}" would never run.`);
      const made = table.put({
        id,
        module,
        madeAt,
        cron: cron ?? null,
        timeZone: cron === undefined ? null : time_zone,
        function: fn,
        payload,
        missed,
        nextAt,
        tainted: false,
      });
      note(context, "schedule.set", made);
      await table.durable();
      clock.plan();
      return shown(made);
    }),
  ],
  removed(module, host) {
    const { table, clock } = started.get(host) ?? {};
    table?.deleteAll(module);
    clock?.plan();
  },
  start(host) {
    const table = createScheduleTable(host.database());
    const clock = createScheduleClock(host, table);
    started.set(host, { table, clock });
    clock.plan();
    return clock.stop;
  },
});

function theOnly(modules: readonly string[], id: string): string | undefined {
  if (modules.length <= 1) return modules[0];
  throw new FieldworkError("conflict", `Several modules have a schedule ${id}: ${modules.join(", ")}.`, {
    remedy: "Name the module, too.",
  });
}
