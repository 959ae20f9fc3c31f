import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { meter } from "../fuel/index.ts";
import { type Engine, reduceExports } from "./engine.ts";
import { type JsGuest, startGuest } from "./guest.ts";
import type { Instance, JsHost } from "./host.ts";
import { prepareProgram, prepareRuntime } from "./prepare.ts";
import { readRuntimeFiles } from "./runtime-files.ts";
import { createSnapshot } from "./snapshot.ts";

const SDK_FOLDER = fileURLToPath(new URL("../../../sdk/ts", import.meta.url));
const ENGINE_FILE = fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm"));

/** The real engine, metered as in production, with this memory maximum. */
export function loadEngine(memoryMaxMib = 64): Engine {
  const { bytes, fuelExport, yieldImport } = meter(reduceExports(readFileSync(ENGINE_FILE)), {
    memoryMaxPages: memoryMaxMib * 16,
  });
  return { module: new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>), fuelExport, yieldImport };
}

export const runtime = prepareRuntime(readRuntimeFiles(SDK_FOLDER));
export const engine = loadEngine();

/** Fuel between two yields. */
const SLICE = 200_000_000n;

export interface TestHost extends JsHost {
  readonly lines: string[];
  readonly requests: { readonly cap: string; readonly args: Record<string, unknown> }[];
  /** How often fuel ran out. */
  readonly yields: () => number;
}

type Answer = (cap: string, args: Record<string, unknown>) => unknown;

/**
 * A host with a real suspending yield. `answer` gives the counter's results; `maxYields` bounds the computing
 * time, after which the guest is stopped.
 */
export function createTestHost(answer: Answer = () => ({}), maxYields = 1_000): TestHost {
  let yields = 0;
  let instance: Instance | undefined;
  const lines: string[] = [];
  const requests: { cap: string; args: Record<string, unknown> }[] = [];
  return {
    lines,
    requests,
    yields: () => yields,
    async request(json) {
      const { cap, args } = JSON.parse(json) as { cap: string; args: Record<string, unknown> };
      requests.push({ cap, args });
      return JSON.stringify({ ok: true, result: await answer(cap, args) });
    },
    log: (line) => lines.push(line),
    now: () => Date.now(),
    monotonic: () => process.hrtime.bigint(),
    random: (buffer) => {
      crypto.getRandomValues(buffer as Uint8Array<ArrayBuffer>);
    },
    sleep: (milliseconds, cancelled) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        cancelled.addEventListener("abort", () => clearTimeout(timer));
      }),
    fuelYield: new WebAssembly.Suspending(async () => {
      yields += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (yields > maxYields) return 1;
      instance!.fuel.value = SLICE;
      return 0;
    }),
    bound(bound) {
      instance = bound;
      bound.fuel.value = SLICE;
    },
  };
}

/** Files of an agent that only has these handlers: the text inside `agent({ … })`. */
export const handlers = (text: string): Record<string, string> => ({
  "agent.ts": `import { agent } from "fieldwork"; export default agent({ ${text} });`,
});

/** A guest of an agent with these files. */
export async function start(
  files: Readonly<Record<string, string>>,
  host: JsHost = createTestHost(),
  on: Engine = engine,
): Promise<JsGuest> {
  const snapshot = await createSnapshot(on, prepareProgram(files, "agent.ts", runtime), createTestHost());
  return startGuest(on, snapshot, host);
}

export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error: { code: string; message: string; remedy: string; details: { stack: string } };
    };

/** Calls a function and parses its reply. */
export async function invoke(guest: JsGuest, fn: string, args: unknown = {}): Promise<Outcome> {
  return JSON.parse(await guest.call(fn, JSON.stringify(args))) as Outcome;
}
