import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Approval, Event, JsonValue, Reply } from "../../contract/index.ts";
import { createKernel, type Kernel } from "../../kernel/index.ts";
import { builtIn } from "../../modules/index.ts";
import { freshHome, ROOT, until, writeModule } from "../support/system.ts";
import { exposes, source } from "./agents.ts";

const HOUR_MS = 3_600_000;

let home: string;
let kernel: Kernel;
/** How far the clock was set away from the machine's. */
let setBy: number;
beforeEach(async () => {
  home = freshHome();
  setBy = 0;
  kernel = await begin();
});
afterEach(async () => {
  await kernel.close();
  rmSync(home, { recursive: true, force: true });
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const begin = () =>
  createKernel({
    home,
    root: ROOT,
    modules: builtIn,
    logger: () => silent,
    now: () => Date.now() + setBy,
  });
const again = async () => {
  await kernel.close();
  kernel = await begin();
};
const call = (cap: string, args: JsonValue = {}): Promise<Reply> =>
  kernel.call({ id: "owner", tier: "owner" }, cap, args);
const result = async <T>(cap: string, args: JsonValue = {}): Promise<T> => {
  const reply = await call(cap, args);
  if (!reply.ok) throw new Error(`${cap}: ${JSON.stringify(reply.error)}`);
  return reply.result as T;
};
const ask = async <T>(id: string, fn: string, args: JsonValue = {}): Promise<T> =>
  (await result<{ reply: T }>("module.invoke", { id, function: fn, args })).reply;

async function add(id: string, text: string, functions: readonly string[]): Promise<void> {
  writeModule(home, id, { "agent.ts": text }, exposes(...functions));
  await until("it is noticed", async () => (await call("agent.show", { id })).ok);
  await result("agent.approve", { id });
}

describe("a clock that goes back an hour", () => {
  test("leaves the journal dense, rising and verifiable, while running and over a restart", async () => {
    await result("setting.set", { key: "limits.calls_burst", value: 100 });
    setBy = -HOUR_MS;
    await result("setting.set", { key: "limits.calls_burst", value: 200 });
    await again();
    setBy = -2 * HOUR_MS;
    await result("setting.set", { key: "limits.calls_burst", value: 300 });
    expect(await result("journal.verify")).toMatchObject({ ok: true });
    const { events } = await result<{ events: Event[] }>("journal.query", { limit: 1000 });
    expect(events.map((event) => event.seq)).toEqual(events.map((_, at) => at + 1));
    const changed = events.filter((event) => event.kind === "setting.changed");
    expect(changed.map((event) => event.data.value)).toEqual([100, 200, 300]);
    expect(changed[1]?.at ?? 0).toBeLessThan(changed[0]?.at ?? 0);
  });

  test("does not lock out a module that had used up its rate", async () => {
    await add(
      "caller",
      source({
        burst:
          "let done = 0; for (let at = 0; at < args.n; at++) { try { await host.store.kv.get('k'); done++; } catch (error) { if (error.code !== 'rate_limited') throw error; } } return done;",
      }),
      ["burst"],
    );
    await result("setting.set", { key: "limits.calls_per_second", value: 50 });
    await result("setting.set", { key: "limits.calls_burst", value: 10 });
    expect(await ask<number>("caller", "burst", { n: 200 })).toBeLessThan(200);
    setBy = -HOUR_MS;
    await until(
      "it may call again",
      async () => (await ask<number>("caller", "burst", { n: 1 })) === 1,
      5000,
    );
  });

  test("lets a cron pattern go on from the new time after a restart", async () => {
    await add(
      "planner",
      source(
        {
          plan: "return await host.schedule.cron('* * * * * *', { id: 'tick' });",
          times: "return (await host.store.kv.get('times')) ?? 0;",
        },
        "async handle(request, host) { await host.store.kv.set('times', ((await host.store.kv.get('times')) ?? 0) + 1); },",
      ),
      ["plan", "times"],
    );
    await ask("planner", "plan");
    await until("it fires", async () => (await ask<number>("planner", "times")) > 0);
    setBy = -HOUR_MS;
    await again();
    const before = await ask<number>("planner", "times");
    await until("it fires again", async () => (await ask<number>("planner", "times")) > before + 1);
    const { schedules } = await result<{ schedules: { next_at: string }[] }>("schedule.list");
    expect(Date.parse(schedules[0]?.next_at ?? "") - (Date.now() + setBy)).toBeLessThan(10_000);
  });
});

describe("an approval", () => {
  const asking = async () => {
    await add("asker", source({ write: "await host.fs.write('a.txt', 'a'); return 'written';" }), ["write"]);
    await result("agent.config", { id: "asker", set: { policy: { write: "ask" } } });
    const writing = call("module.invoke", { id: "asker", function: "write" });
    const approval = await until("an approval waits", async () => {
      const { approvals } = await result<{ approvals: Approval[] }>("approval.list");
      return approvals[0];
    });
    return { writing, approval };
  };

  test("that was given is worth nothing once its time is over", async () => {
    const { writing, approval } = await asking();
    await kernel.close();
    expect((await writing).ok).toBe(false);
    kernel = await begin();
    await result("approval.give", { id: approval.id });
    setBy = 25 * HOUR_MS;
    const next = call("module.invoke", { id: "asker", function: "write" });
    await until("it is asked for anew", async () => {
      const { approvals } = await result<{ approvals: Approval[] }>("approval.list");
      return approvals.length === 1 && approvals[0]?.id !== approval.id;
    });
    await kernel.close();
    expect((await next).ok).toBe(false);
    kernel = await begin();
  });

  test("that nobody decided before its time was over is expired after a restart, and cannot be given any more", async () => {
    const { writing, approval } = await asking();
    await kernel.close();
    expect((await writing).ok).toBe(false);
    setBy = 25 * HOUR_MS;
    kernel = await begin();
    expect(await result<{ approvals: Approval[] }>("approval.list")).toMatchObject({ approvals: [] });
    expect(await call("approval.give", { id: approval.id })).toMatchObject({
      ok: false,
      error: { code: "conflict" },
    });
    const { approvals } = await result<{ approvals: Approval[] }>("approval.list", { all: true });
    expect(approvals).toMatchObject([{ id: approval.id, state: "expired" }]);
  });

  test("stays as long as it should when the clock goes back", async () => {
    const { writing, approval } = await asking();
    setBy = -HOUR_MS;
    await result("approval.give", { id: approval.id });
    expect(await writing).toMatchObject({ ok: true, result: { reply: "written" } });
  });
});
