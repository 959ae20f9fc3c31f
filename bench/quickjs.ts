/**
 * Measures agents in TypeScript: loading, starting, calling, memory. `node bench/quickjs.ts`
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { meter } from "../kernel/sandbox/fuel/index.ts";
import {
  createSnapshot,
  type Engine,
  type Instance,
  type JsHost,
  prepareProgram,
  prepareRuntime,
  readRuntimeFiles,
  reduceExports,
  startGuest,
} from "../kernel/sandbox/quickjs/index.ts";

const ENGINE_FILE = fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm"));
const SDK_FOLDER = fileURLToPath(new URL("../sdk/ts", import.meta.url));
const SLICE = 200_000_000n;

const rows: { what: string; p50: string; p99: string }[] = [];

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function milliseconds(value: number): string {
  return value < 0.1 ? `${(value * 1000).toFixed(1)} µs` : `${value.toFixed(3)} ms`;
}

async function measure(what: string, rounds: number, run: () => unknown): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  rows.push({ what, p50: milliseconds(percentile(times, 0.5)), p99: milliseconds(percentile(times, 0.99)) });
}

function createHost(): JsHost & { burnt(): bigint } {
  let instance: Instance | undefined;
  let slices = 0n;
  return {
    request: async () => `{"ok":true,"result":{"found":false,"value":null}}`,
    log: (line) => console.log(line),
    now: () => Date.now(),
    monotonic: () => process.hrtime.bigint(),
    random: (buffer) => void crypto.getRandomValues(buffer as Uint8Array<ArrayBuffer>),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    fuelYield: new WebAssembly.Suspending(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      slices += 1n;
      instance!.fuel.value += SLICE;
      return 0;
    }),
    bound(bound) {
      instance = bound;
      bound.fuel.value = SLICE;
    },
    burnt: () => slices * SLICE + SLICE - instance!.fuel.value,
  };
}

const AGENT = `import { agent } from "fieldwork";
export default agent({
  onMessage: (message) => message.text,
  rpc: {
    ask: { async run(_, host) { await host.store.kv.get("a"); return 1; } },
    many: { async run(_, host) { await Promise.all(Array.from({ length: 64 }, () => host.store.kv.get("a"))); return 1; } },
    compute: { run() { let sum = 0; for (let i = 0; i < 1_000_000; i++) sum = (sum + i * 7) % 1013; return sum; } },
  },
});`;

const original = readFileSync(ENGINE_FILE);
let engine!: Engine;
await measure("engine: reduce, meter, compile", 5, () => {
  const { bytes, fuelExport, yieldImport } = meter(reduceExports(original), { memoryMaxPages: 1024 });
  engine = { module: new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), fuelExport, yieldImport };
});
const plain: Engine = {
  module: new WebAssembly.Module(meter(original, { memoryMaxPages: 1024 }).bytes as Uint8Array<ArrayBuffer>),
  fuelExport: engine.fuelExport,
  yieldImport: engine.yieldImport,
};
const runtime = prepareRuntime(readRuntimeFiles(SDK_FOLDER));
await measure("prepare the program", 50, () => prepareProgram({ "agent.ts": AGENT }, "agent.ts", runtime));
const program = prepareProgram({ "agent.ts": AGENT }, "agent.ts", runtime);
await measure("snapshot: load, evaluate, take image", 20, () =>
  createSnapshot(engine, program, createHost()),
);
const snapshot = await createSnapshot(engine, program, createHost());
const unreduced = await createSnapshot(plain, program, createHost());

const message = JSON.stringify({ text: "hello" });
for (let n = 0; n < 50; n++)
  await (await startGuest(engine, snapshot, createHost())).call("handle_message", message);
await measure("start a guest", 300, () => startGuest(engine, snapshot, createHost()));
await measure("start a guest (exports not reduced)", 100, () => startGuest(plain, unreduced, createHost()));
await measure("start a guest + first call", 300, async () => {
  await (await startGuest(engine, snapshot, createHost())).call("handle_message", message);
});
const warm = await startGuest(engine, snapshot, createHost());
await measure("call in a started guest", 2000, () => warm.call("handle_message", message));
await measure("call with one capability call", 2000, () => warm.call("ask", "{}"));
await measure("call with 64 capability calls", 300, () => warm.call("many", "{}"));
const host = createHost();
const busy = await startGuest(engine, snapshot, host);
const burntBefore = host.burnt();
const start = performance.now();
await measure("compute: 1,000,000 loop turns", 10, () => busy.call("compute", "{}"));
const perMillisecond = Number(host.burnt() - burntBefore) / (performance.now() - start);

const COUNT = 200;
const gc = globalThis.gc ?? (() => undefined);
gc();
const before = process.memoryUsage().rss;
const kept: unknown[] = [];
for (let n = 0; n < COUNT; n++) {
  const guest = await startGuest(engine, snapshot, createHost());
  await guest.call("handle_message", message);
  kept.push(guest);
}
gc();
const perGuest = (process.memoryUsage().rss - before) / COUNT;

const print = (what: string, ...figures: readonly string[]): void => {
  console.log(what.padEnd(52) + figures.map((figure) => figure.padStart(14)).join(""));
};
print("", "p50", "p99");
for (const { what, p50, p99 } of rows) print(what, p50, p99);
print("snapshot", `${(snapshot.bytes / 1024).toFixed(0)} KiB`);
print(`resident memory a guest (${kept.length}, after a call)`, `${(perGuest / 1024).toFixed(0)} KiB`);
print("fuel burnt in 1 ms of computing", `${(perMillisecond / 1e6).toFixed(0)} million`);
