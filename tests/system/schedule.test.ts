import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addModule, freshHome, type System, startSystem, until } from "../support/system.ts";
import { ask, events, exposes, inbox, refused, source } from "./agents.ts";

const planner = source(
  {
    after:
      "return await host.schedule.after(args.ms, { payload: { name: args.name }, missed: args.missed });",
    cron: "return await host.schedule.cron(args.cron, { id: args.id, time_zone: args.zone, payload: { name: args.name }, missed: args.missed });",
    list: "return await host.call('schedule.list', {});",
    cancel: "return await host.call('schedule.cancel', { id: args.id });",
    fired: "return (await host.store.kv.get('fired:' + args.name)) ?? [];",
    named: "await host.store.kv.set('named', args);",
    was: "return (await host.store.kv.get('named')) ?? null;",
    plan: "return await host.call('schedule.after', { ms: 10, function: 'named', payload: { direct: true } });",
  },
  `async handle(request, host) {
    const k = "fired:" + request.payload.name;
    const fired = (await host.store.kv.get(k)) ?? [];
    await host.store.kv.set(k, [...fired, { name: request.payload.name, due: request.context.due_at, source: request.source }]);
  },`,
);
const functions = exposes("after", "cron", "list", "cancel", "fired", "named", "was", "plan");

interface Fired {
  readonly name: string;
  readonly due: string;
  readonly source: { readonly kind: string; readonly id: string };
}
const fired = (system: System, name: string): Promise<Fired[]> => ask(system, "planner", "fired", { name });

describe("a schedule", () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
    await addModule(system, "planner", { "agent.ts": planner }, functions);
  });
  afterAll(() => system.end());

  test("after some time fires once, as a message from the schedule, and is gone", async () => {
    const begun = Date.now();
    const { id } = await ask<{ id: string }>(system, "planner", "after", { ms: 300, name: "once" });
    const [one] = await until("it fires", async () => {
      const all = await fired(system, "once");
      return all.length > 0 && all;
    });
    expect(Date.now() - begun).toBeGreaterThanOrEqual(300);
    expect(one).toMatchObject({ source: { kind: "schedule", id } });
    expect(Date.parse(one?.due ?? "")).toBeGreaterThanOrEqual(begun + 300);
    await until("it is gone", async () => {
      const { schedules } = await ask<{ schedules: unknown[] }>(system, "planner", "list");
      return schedules.length === 0;
    });
    expect(await fired(system, "once")).toHaveLength(1);
    const letter = (await inbox(system, "planner")).find((mail) => mail.source.id.includes(id));
    expect(letter).toMatchObject({ state: "done", attempts: 1, source: { kind: "schedule" } });
  });

  test("can call a function that is exposed, with its own arguments", async () => {
    await ask(system, "planner", "plan");
    await until("it was called", async () => (await ask(system, "planner", "was")) !== null);
  });

  test("by a cron pattern with seconds fires at each, and not after it is cancelled", async () => {
    await ask(system, "planner", "cron", { id: "tick", cron: "* * * * * *", name: "tick" });
    const ticks = await until("it fires twice", async () => {
      const all = await fired(system, "tick");
      return all.length >= 2 && all;
    });
    const times = ticks.map((one) => Date.parse(one.due));
    expect(times.every((time) => time % 1000 === 0)).toBe(true);
    expect(new Set(times).size).toBe(times.length);
    expect(await ask(system, "planner", "cancel", { id: "tick" })).toEqual({ cancelled: true });
    const count = (await fired(system, "tick")).length;
    await sleep(1500);
    expect((await fired(system, "tick")).length).toBeLessThanOrEqual(count + 1);
    expect(await ask(system, "planner", "cancel", { id: "tick" })).toEqual({ cancelled: false });
  });

  test("by a cron pattern keeps to its time zone, where the day is changed to or from summer time too", async () => {
    const next = async (zone: string, cron = "0 30 12 * * *") => {
      const { next_at } = await ask<{ next_at: string }>(system, "planner", "cron", {
        id: "noon",
        cron,
        zone,
        name: "noon",
      });
      return next_at;
    };
    const clock = (at: string, timeZone: string) =>
      new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(new Date(at));
    for (const zone of ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"])
      expect(clock(await next(zone), zone), zone).toBe("12:30");
    const all = new Set([await next("Asia/Kolkata"), await next("UTC"), await next("Europe/Berlin")]);
    expect(all.size).toBe(3);
    await ask(system, "planner", "cancel", { id: "noon" });
  });

  test("with a pattern or a time zone that is none is refused with how to write one", async () => {
    for (const args of [
      { cron: "61 * * * * *", name: "x" },
      { cron: "nonsense", name: "x" },
      { cron: "* * * * *", zone: "Mars/Olympus", name: "x" },
    ]) {
      const error = await refused(system, "module.invoke", { id: "planner", function: "cron", args });
      expect(error).toMatchObject({
        code: "invalid_input",
        remedy: expect.stringContaining("Europe/Berlin"),
      });
    }
  });

  test("belongs to its module: another does not see it and cannot cancel it", async () => {
    await ask(system, "planner", "cron", { id: "mine", cron: "0 0 1 1 *", name: "mine" });
    await addModule(system, "stranger", { "agent.ts": planner }, functions);
    expect(await ask(system, "stranger", "list")).toEqual({ schedules: [] });
    expect(await ask(system, "stranger", "cancel", { id: "mine" })).toEqual({ cancelled: false });
    const { schedules } = await system.result<{ schedules: { module: string; id: string }[] }>(
      "schedule.list",
    );
    expect(schedules).toMatchObject([{ module: "planner", id: "mine" }]);
  });

  test("of a module that was removed is gone with it", async () => {
    await addModule(system, "leaver", { "agent.ts": planner }, functions);
    await ask(system, "leaver", "cron", { id: "orphan", cron: "* * * * * *", name: "orphan" });
    await system.result("agent.remove", { id: "leaver" });
    await until("its schedules are gone", async () => {
      const { schedules } = await system.result<{ schedules: { module: string }[] }>("schedule.list");
      return schedules.every((one) => one.module !== "leaver");
    });
  });
});

describe("schedules over a restart", () => {
  let home: string;
  let system: System | undefined;
  beforeEach(() => {
    home = freshHome();
  });
  afterEach(async () => {
    await system?.end();
    system = undefined;
    rmSync(home, { recursive: true, force: true });
  });
  const begin = async () => {
    system = await startSystem({ home });
    return system;
  };

  test("missed runs follow their policy: skipped, made up for once, or each made up for", async () => {
    const first = await begin();
    await addModule(first, "planner", { "agent.ts": planner }, functions);
    // Every second of one minute: what is missed in it is over a minute late only in the policy's own test beside the module.
    for (const missed of ["once", "all"])
      await ask(first, "planner", "cron", { id: missed, cron: "* * * * * *", name: missed, missed });
    await ask(first, "planner", "after", { ms: 1500, name: "after" });
    await until("they fire", async () => (await fired(first, "all")).length > 0);
    await first.kill();
    const killedAt = Date.now();
    await sleep(3500);

    const next = await begin();
    const restartedAt = Date.now();
    await until("what was missed is made up for", async () => (await fired(next, "after")).length === 1);
    await until("the seconds after the restart have come", async () =>
      (await fired(next, "once")).some((one) => Date.parse(one.due) > restartedAt),
    );
    const missedOf = async (name: string) =>
      (await fired(next, name))
        .map((one) => Date.parse(one.due))
        .filter((due) => due > killedAt && due < restartedAt - 1000);
    expect((await missedOf("all")).length).toBeGreaterThanOrEqual(2);
    const everySecond = (await fired(next, "all")).map((one) => Date.parse(one.due));
    expect(everySecond).toEqual([...everySecond].sort((a, b) => a - b));
    expect(new Set(everySecond).size).toBe(everySecond.length);
    expect((await missedOf("once")).length).toBeLessThanOrEqual(1);
    expect(await fired(next, "after")).toHaveLength(1);
    expect((await events(next, "message.failed")).length).toBe(0);
  });
});
