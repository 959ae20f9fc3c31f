import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ModuleInfo } from "#contract";
import { until } from "../support/system.ts";
import { type Arena, openArena } from "./arena.ts";
import { ATTACK, type Attack } from "./attack.ts";

const exposes = ["boot", ATTACK].map((name) => ({ name, description: name, input_schema: {} }));
const daemon = (id: string, attempt: string, members: string): Attack => ({
  id,
  attempt,
  files: {
    "agent.ts": `import { agent } from "fieldwork";
export default agent({ ${members}, rpc: { attack: { run: () => "answered" } } });`,
  },
  manifest: { exposes_rpc: exposes, timeout_call_ms: 5000 },
  ends: ["reply"],
});
const once = (id: string, attempt: string, members: string): Attack => ({
  ...daemon(id, attempt, members),
  manifest: { exposes_rpc: [exposes[1] as (typeof exposes)[number]], timeout_call_ms: 5000 },
});

const DYING = 30;
const dying = Array.from({ length: DYING }, (_, n) =>
  daemon(`dies-${n}`, "dying at once for ever", 'boot() { throw new Error("I die"); }'),
);
const onLoad = [
  once("load-loop", "an endless loop in on_load", "onLoad() { for (;;); }"),
  once(
    "load-memory",
    "a memory bomb in on_load",
    "onLoad() { const all = []; for (;;) all.push(new Uint8Array(1e6).fill(1)); }",
  ),
  once("load-throws", "an error in on_load", 'onLoad() { throw new Error("not today"); }'),
  once(
    "load-flood",
    "a flood of calls in on_load",
    'async onLoad(host) { for (;;) await host.call("no.such.thing").catch(() => {}); }',
  ),
];
const stops = once("stop-loop", "an endless loop in on_stop", "onStop() { for (;;); }");
const spins = daemon("spins", "a daemon that computes without end", "boot() { for (;;); }");
const shouts = daemon(
  "shouts",
  "a daemon that logs without end",
  'boot() { for (;;) console.log("hear me ".repeat(100)); }',
);
const hoards = daemon(
  "hoards",
  "a daemon that takes all memory",
  "boot() { const all = []; for (;;) all.push('x'.repeat(10_000) + all.length); }",
);

let arena: Arena;
const show = (id: string): Promise<ModuleInfo> =>
  arena.system.result("agent.show", { id }) as Promise<unknown> as Promise<ModuleInfo>;
const disable = (id: string) => arena.system.result("agent.disable", { id });

beforeAll(async () => {
  arena = await openArena([...dying, ...onLoad, stops]);
});
afterAll(() => arena.end());

describe("a module that misbehaves while it is loaded, run or stopped harms itself only:", () => {
  test("daemons that die at once are started again with growing pauses, and say why", async () => {
    await until("each has died", async () => {
      const infos = await Promise.all(dying.map(({ id }) => show(id)));
      return infos.every(({ daemon: state }) => state?.last_error?.includes("I die"));
    });
    const before = (await show("dies-0")).daemon?.restarts ?? 0;
    await sleep(3000);
    const { daemon: state } = await show("dies-0");
    expect((state?.restarts ?? 0) - before).toBeLessThanOrEqual(3);
    expect(state).toMatchObject({ state: "waiting", last_error: expect.stringContaining("I die") });
    expect(Date.parse(state?.next_start_at ?? "")).toBeGreaterThan(Date.now() - 60_000);
    await Promise.all(dying.map(({ id }) => disable(id)));
    for (const { id } of dying) expect((await show(id)).daemon).toBeNull();
    await arena.contained();
  });

  for (const attack of onLoad)
    test(`${attack.attempt} delays its own first call, which is answered`, async () => {
      await arena.system.result("agent.config", { id: attack.id, set: { fuel_per_call: 200_000_000 } });
      if (attack.id === "load-flood")
        await arena.system.result("agent.config", { id: attack.id, set: { fuel_per_call: 50_000_000 } });
      const reply = await arena.invoke(attack.id);
      expect(reply).toEqual({ ok: true, result: { reply: "answered", tainted: false } });
      const { events } = await arena.system.result<{
        events: { subject: string; data: { message: string } }[];
      }>("journal.query", { kind: "module.on_load_failed", newest: true });
      expect(events.filter(({ subject }) => subject === attack.id)).toHaveLength(1);
      await arena.contained();
    });

  test(`${stops.attempt} does not keep it from being stopped`, async () => {
    await arena.system.result("agent.config", { id: stops.id, set: { fuel_per_call: 200_000_000 } });
    expect((await arena.invoke(stops.id)).ok).toBe(true);
    await disable(stops.id);
    const reply = await arena.invoke(stops.id);
    expect(reply).toMatchObject({ ok: false, error: { code: "unavailable" } });
    await arena.contained();
  });

  for (const attack of [spins, shouts, hoards])
    test(`${attack.attempt} is sliced, and gone when it is disabled`, async () => {
      const own = await openArena([attack], { processes: 1 });
      try {
        await until("it runs", async () => {
          const { daemon: state } = (await own.system.result("agent.show", {
            id: attack.id,
          })) as unknown as ModuleInfo;
          return state !== null && (state.state === "running" || state.last_error !== null);
        });
        for (let n = 0; n < 20; n++) {
          expect(await own.invoke("healthy-script", "ping", { n })).toEqual({
            ok: true,
            result: { reply: { n: n + 1 }, tainted: false },
          });
        }
        await own.system.result("agent.disable", { id: attack.id });
        await own.contained();
        const { sandbox } = await own.health();
        expect(sandbox.processes.filter(({ respawns }) => respawns > 0)).toEqual([]);
      } finally {
        await own.end();
      }
    });
});
