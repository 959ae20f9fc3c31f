/**
 * Capabilities answered inside the sandbox process: one guest asks for `time.now` in a loop. Beside it a guest that calls
 * an import which does nothing.
 * `node bench/in-sandbox.ts`
 */
import { show } from "./figure.ts";
import { duration, quietest, quietMedian } from "./harness.ts";
import { startKernel } from "./kernel.ts";
import { assemble, LOOP_MANIFEST, loopGuest } from "./loop-guest.ts";

const CALLS = 200_000;
const REPETITIONS = 9;

const bench = await startKernel();
await bench.add("clock", { "agent.wasm": await loopGuest('{"cap":"time.now","args":{}}') }, LOOP_MANIFEST);

async function invoked(n: number): Promise<number> {
  const begun = performance.now();
  await bench.result("module.invoke", { id: "clock", function: "run", args: { n } });
  return performance.now() - begun;
}

await invoked(CALLS);
const empty = await quietest(
  REPETITIONS,
  () => invoked(0),
  (ms) => ms,
);
const full = await quietest(
  REPETITIONS,
  () => invoked(CALLS),
  (ms) => ms,
);
await bench.end();
const each = (full - empty) / CALLS;

const bareGuest = await assemble(`(module
  (import "host" "call" (func $call (param i32) (result i32)))
  (func (export "run") (param $n i32)
    (loop $again
      (drop (call $call (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`);
const { run } = new WebAssembly.Instance(new WebAssembly.Module(bareGuest), {
  host: { call: (n: number) => n },
}).exports as { run(n: number): void };
const bare = (await quietMedian(3, 20, () => run(CALLS))).p50 / CALLS;

show([
  {
    what: "time.now, answered inside the sandbox process",
    aim: "≤ 2 µs",
    measured: duration(each),
    baseline: `${duration(bare)}, bare host call`,
    met: each <= 0.002,
  },
]);
