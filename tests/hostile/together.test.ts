import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../support/system.ts";
import { type Arena, HEALTHY_SCRIPT, HEALTHY_WASM, openArena } from "./arena.ts";
import { lasting } from "./attacks/index.ts";
import { crowdOf, keepAttacking, timeCalls } from "./crowd.ts";

const HOSTILE = 100;
const CALLS = 300;
const STARVED_MS = 45_000;
/** Machines are busy; only a call that starves fails. */
const PATIENCE_MS = 240_000;

const crowd = crowdOf(lasting, HOSTILE);
let arena: Arena;
beforeAll(async () => {
  arena = await openArena(crowd, { processes: 1 });
});
afterAll(() => arena.end());

const RIGHT: Readonly<Record<string, unknown>> = {
  [HEALTHY_SCRIPT]: { ok: true, result: { reply: { n: 8 }, tainted: false } },
  [HEALTHY_WASM]: {
    ok: true,
    result: { reply: { ok: true, result: { value: null, found: false } }, tainted: false },
  },
};
const healthyCalls = () =>
  Promise.all(
    [HEALTHY_SCRIPT, HEALTHY_WASM].map(async (id) => {
      const right = JSON.stringify(RIGHT[id]);
      const calls = await timeCalls(
        CALLS,
        () => arena.invoke(id, "ping", { n: 7 }),
        (reply) => JSON.stringify(reply) === right,
      );
      return { id, ...calls, sorted: calls.times.toSorted((a, b) => a - b) };
    }),
  );
const at = (sorted: readonly number[], share: number): string =>
  `${(sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)} ms`;

test("a hundred hostile modules at once, in one process with two healthy agents, change none of their answers", {
  timeout: PATIENCE_MS,
}, async () => {
  const alone = await healthyCalls();
  const attacking = keepAttacking(arena, crowd);
  const beside = await healthyCalls();
  const tally = await attacking.stop();

  for (const [n, { id, sorted, wrong }] of beside.entries()) {
    const before = alone[n]?.sorted ?? [];
    process.stdout.write(
      `${id}: alone p50 ${at(before, 0.5)}, p99 ${at(before, 0.99)}; beside ${HOSTILE} hostile p50 ${at(sorted, 0.5)}, p99 ${at(sorted, 0.99)}\n`,
    );
    expect(wrong).toEqual([]);
    expect(sorted.at(-1)).toBeLessThan(STARVED_MS);
  }
  process.stdout.write(`how the hostile calls ended: ${JSON.stringify(tally)}\n`);
  expect(tally.internal).toBeUndefined();
  expect(tally.unavailable, "the sandbox process was killed").toBeUndefined();
  await until("nothing runs any more", async () => {
    const { sandbox, inbox } = await arena.health();
    return inbox.running === 0 && sandbox.processes.every(({ instances }) => instances === 0);
  });
  await arena.contained();
  const { sandbox } = await arena.health();
  expect(sandbox.processes.filter(({ respawns }) => respawns > 0)).toEqual([]);
  expect(await arena.system.result("journal.verify")).toMatchObject({ ok: true });
});
