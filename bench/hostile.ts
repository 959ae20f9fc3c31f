/**
 * What a healthy agent notices of a hundred hostile ones: its calls alone, and beside them, with one sandbox process.
 * `node bench/hostile.ts`; with `--each`, beside eight of every single attack, to see which of them hurts.
 */
import { type Arena, HEALTHY_SCRIPT, HEALTHY_WASM, openArena } from "../tests/hostile/arena.ts";
import type { Attack } from "../tests/hostile/attack.ts";
import { lasting } from "../tests/hostile/attacks/index.ts";
import { crowdOf, keepAttacking, timeCalls } from "../tests/hostile/crowd.ts";
import { show } from "./figure.ts";
import { duration, type Timing, timingOf } from "./harness.ts";

const HOSTILE = 100;
const SIDE_BY_SIDE = 8;
const CALLS = 300;
const GROWTH_AIM_MS = 10;

async function measure(arena: Arena, id: string, calls: number): Promise<Timing> {
  const { times, wrong } = await timeCalls(
    calls,
    () => arena.invoke(id, "ping", { n: 1 }),
    (reply) => (reply as { ok: boolean }).ok,
  );
  if (wrong.length > 0) throw new Error(`a healthy call failed: ${JSON.stringify(wrong[0])}`);
  return timingOf(times);
}

async function beside(arena: Arena, attacks: readonly Attack[], id: string, calls: number): Promise<Timing> {
  const crowd = keepAttacking(arena, attacks);
  try {
    return await measure(arena, id, calls);
  } finally {
    await crowd.stop();
  }
}

async function each(): Promise<void> {
  for (const attack of lasting) {
    const crowd = crowdOf([attack], SIDE_BY_SIDE);
    const arena = await openArena(crowd, { processes: 1 });
    await measure(arena, HEALTHY_SCRIPT, CALLS / 4);
    const alone = await measure(arena, HEALTHY_SCRIPT, CALLS);
    const pressed = await beside(arena, crowd, HEALTHY_SCRIPT, CALLS / 3);
    console.log(
      `${attack.id.padEnd(20)} p50 ${duration(alone.p50)} → ${duration(pressed.p50)}, p99 ${duration(alone.p99)} → ${duration(pressed.p99)}`,
    );
    await arena.end();
  }
}

async function together(): Promise<void> {
  const crowd = crowdOf(lasting, HOSTILE);
  const arena = await openArena(crowd, { processes: 1 });
  const figures = [];
  for (const [id, name] of [
    [HEALTHY_SCRIPT, "TypeScript"],
    [HEALTHY_WASM, "WebAssembly"],
  ] as const) {
    await measure(arena, id, CALLS / 3);
    const alone = await measure(arena, id, CALLS);
    const pressed = await beside(arena, crowd, id, CALLS);
    figures.push({
      what: `a healthy ${name} agent beside ${HOSTILE} hostile ones: growth of p99`,
      aim: `< ${GROWTH_AIM_MS} ms`,
      measured: `${duration(pressed.p99 - alone.p99)} (p50 ${duration(pressed.p50)}, p99 ${duration(pressed.p99)})`,
      baseline: `alone: p50 ${duration(alone.p50)}, p99 ${duration(alone.p99)}`,
      met: pressed.p99 - alone.p99 < GROWTH_AIM_MS,
    });
  }
  await arena.end();
  show(figures);
}

await (process.argv.includes("--each") ? each() : together());
