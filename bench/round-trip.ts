/**
 * Guest → kernel → guest: one guest in its sandbox process asks for `store.kv.get` in a loop, through the real counter, grants,
 * SQLite and journal. Beside it a message to and fro between two bare processes over the same kind of pipe.
 * `node bench/round-trip.ts`
 */
import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { show } from "./figure.ts";
import { duration, perSecond, quietest, time, timingOf } from "./harness.ts";
import { startKernel } from "./kernel.ts";
import { LOOP_MANIFEST, loopGuest } from "./loop-guest.ts";

const CALLS = 5000;
const REPETITIONS = 7;
const REQUEST = '{"cap":"store.kv.get","args":{"k":"greeting"}}';
const ECHO = `const { Socket } = require("node:net");
const pipe = new Socket({ fd: 3, readable: true, writable: true });
pipe.on("data", (chunk) => pipe.write(chunk));
pipe.on("close", () => process.exit());`;

const bench = await startKernel();
await bench.add("loop", { "agent.wasm": await loopGuest(REQUEST) }, LOOP_MANIFEST);

/** Calls a second, and the time from one call's journal event to the next one's. */
async function guestCalls(): Promise<{ rate: number; p50: number; p99: number }> {
  const before = bench.kernel.events.lastSeq();
  const begun = performance.now();
  await bench.result("module.invoke", { id: "loop", function: "run", args: { n: CALLS } });
  const took = performance.now() - begun;
  const events = bench.kernel.events.read(before, CALLS + 100, { actor: "loop", kind: "capability.called" });
  if (events.length !== CALLS || events.some(({ data }) => data.ok !== true)) throw new Error("calls failed");
  const gaps = events.slice(1).map(({ at }, index) => at - (events[index]?.at ?? at));
  return { rate: (CALLS / took) * 1000, ...timingOf(gaps) };
}

async function barePipe(): Promise<{ p50: number; p99: number }> {
  const child = spawn(process.execPath, ["-e", ECHO], { stdio: ["ignore", "ignore", "inherit", "pipe"] });
  const pipe = child.stdio[3] as Socket;
  const message = Buffer.from(REQUEST);
  const timing = await time(CALLS, () => {
    const answered = new Promise((resolve) => pipe.once("data", resolve));
    pipe.write(message);
    return answered;
  });
  pipe.destroy();
  return timing;
}

await guestCalls();
const guest = await quietest(REPETITIONS, guestCalls, ({ p50 }) => p50);
const sustained = await quietest(REPETITIONS, guestCalls, ({ rate }) => -rate);
const bare = await quietest(3, barePipe, ({ p50 }) => p50);
await bench.end();

show([
  {
    what: "guest → kernel → guest, p50 (p99)",
    aim: "≤ 100 µs",
    measured: `${duration(guest.p50)} (${duration(guest.p99)})`,
    baseline: `${duration(bare.p50)} (${duration(bare.p99)}), bare pipe`,
    met: guest.p50 <= 0.1,
  },
  {
    what: "the same, sustained from one guest",
    aim: "≥ 10,000 / s",
    measured: perSecond(sustained.rate),
    baseline: `${perSecond(1000 / bare.p50)}, bare pipe`,
    met: sustained.rate >= 10_000,
  },
]);
