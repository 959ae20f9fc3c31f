import { afterAll, beforeAll, expect, test } from "vitest";
import { type Arena, openArena } from "./arena.ts";
import { ATTACK, type Attack, script } from "./attack.ts";
import { keepAttacking } from "./crowd.ts";

const SIDE_BY_SIDE = 12;
const HONEST_CALLS = 40;

const hoarder: Attack = {
  id: "hoarder",
  attempt: "holding, in many calls, all the memory of the process",
  files: script(
    "const all = []; for (let n = 0; n < 40; n++) all.push(new Uint8Array(1 << 20).fill(1)); await new Promise((go) => setTimeout(go, 2000)); return all.length;",
  ),
  manifest: { memory_max_mb: 64, fuel_per_call: 20_000_000_000, timeout_call_ms: 60_000 },
  ends: ["reply", "memory_exhausted"],
};
const honest: Attack = {
  id: "honest",
  attempt: "growing a little at a time while the process is full",
  files: script(
    "const all = []; for (let n = 0; n < 16; n++) { all.push(new Uint8Array(1 << 20).fill(1)); await host.store.kv.set('n', n); } return all.length;",
  ),
  manifest: { memory_max_mb: 64, fuel_per_call: 20_000_000_000, timeout_call_ms: 60_000 },
  ends: ["reply"],
};

let arena: Arena;
beforeAll(async () => {
  arena = await openArena([hoarder, honest], { processes: 1, memoryMb: 256 });
});
afterAll(() => arena.end());

test("of a full process the module that holds most pays, and never the one that grows next", {
  timeout: 240_000,
}, async () => {
  const hoarding = keepAttacking(
    arena,
    Array.from({ length: SIDE_BY_SIDE }, () => hoarder),
  );
  const replies: unknown[] = [];
  for (let n = 0; n < HONEST_CALLS; n++) replies.push(await arena.invoke("honest", ATTACK));
  const tally = await hoarding.stop();
  expect(replies).toEqual(replies.map(() => ({ ok: true, result: { reply: 16, tainted: false } })));
  expect(tally.memory_exhausted, JSON.stringify(tally)).toBeGreaterThan(0);
  expect(Object.keys(tally).filter((ended) => !["reply", "memory_exhausted"].includes(ended))).toEqual([]);
  await arena.contained();
});
