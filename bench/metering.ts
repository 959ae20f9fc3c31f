/**
 * What counting fuel costs: the same work metered and not, taking turns, so that what else the machine does falls on both.
 * `node bench/metering.ts`; more workloads in `bench/fuel.ts`.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Metered, meter } from "../kernel/sandbox/fuel/index.ts";
import { createVirtualFiles } from "../kernel/sandbox/process/virtual-files.ts";
import { createWasi, WasiExit } from "../kernel/sandbox/wasi/index.ts";
import { type Figure, show } from "./figure.ts";
import { duration } from "./harness.ts";
import { assemble } from "./loop-guest.ts";
import { SCRIPT, startQuickJs } from "./script-workload.ts";
import { template } from "./templates.ts";

const TURNS = 60;
const MEMORY_MAX_PAGES = 1024;
const FUEL = 1n << 62n;

/** A module as bytes to compile, and the import it calls when fuel runs out. */
type Build = Pick<Metered, "fuelExport" | "yieldImport"> & { readonly bytes: Uint8Array };
type Work = () => unknown;

const bare = (bytes: Uint8Array): Build => ({
  bytes,
  fuelExport: "",
  yieldImport: { module: "fuel", name: "yield" },
});
const metered = (bytes: Uint8Array): Build =>
  meter(bytes, { memoryMaxPages: MEMORY_MAX_PAGES, initialFuel: FUEL });
const compile = ({ bytes }: Build): WebAssembly.Module =>
  new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
const yieldImports = ({ yieldImport }: Build): Record<string, Record<string, () => number>> => ({
  [yieldImport.module]: { [yieldImport.name]: () => 0 },
});

async function compare(what: string, aim: number, workOf: (make: typeof bare) => Work | Promise<Work>) {
  const works = [await workOf(bare), await workOf(metered)] as const;
  const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < TURNS; turn++) {
    for (const side of [0, 1] as const) {
      const begun = performance.now();
      await works[side]();
      best[side] = Math.min(best[side], performance.now() - begun);
    }
  }
  const ratio = best[1] / best[0];
  return {
    what: `cost of fuel: ${what}`,
    aim: `≤ ${aim}×`,
    measured: `${ratio.toFixed(2)}× (${duration(best[1])})`,
    baseline: `${duration(best[0])}, unmetered`,
    met: ratio <= aim,
  } satisfies Figure;
}

const LOOP = await assemble(`(module (func (export "run") (param $n i32) (result i32) (local $sum i32)
  (loop $again
    (local.set $sum (i32.add (local.get $sum) (i32.xor (local.get $n) (i32.const 12345))))
    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
  (local.get $sum)))`);

function loopWork(make: typeof bare): Work {
  const build = make(LOOP);
  const { run } = new WebAssembly.Instance(compile(build), yieldImports(build)).exports as {
    run(turns: number): number;
  };
  return () => run(20_000_000);
}

function scriptWork(make: typeof bare): Promise<Work> {
  const build = make(readFileSync(fileURLToPath(import.meta.resolve("quickjs-wasi/quickjs.wasm"))));
  return startQuickJs(compile(build), yieldImports(build)).then(
    (engine) => () => engine.evalCode(SCRIPT).dispose(),
  );
}

/** One answer that fits every capability the templates ask for. */
const ANSWER = Buffer.from(
  '{"ok":true,"result":{"ok":true,"found":true,"value":7,"content":"aGVsbG8=","bytes":5,"size":5,"truncated":false,"encoding":"base64"}}',
);

const NO_FILES = createVirtualFiles(
  { request: async () => '{"ok":false,"error":{"code":"not_found","message":"there are no files here"}}' },
  "/workspace",
);

/** A message to a WASI agent in a fresh instance, its counter calls answered on the spot. */
function messageWork(wasm: Uint8Array): (make: typeof bare) => Work {
  return (make) => {
    const build = make(wasm);
    const module = compile(build);
    return async () => {
      let output = "";
      const wasi = createWasi({
        args: ["agent", "handle_message", '{"text":"hello","session":"s","user":"u"}'],
        env: {},
        stdout(chunk) {
          output += Buffer.from(chunk).toString();
        },
        stderr: () => {},
        now: () => BigInt(Date.now()) * 1_000_000n,
        monotonic: () => process.hrtime.bigint(),
        random: (buffer) => void crypto.getRandomValues(buffer as Uint8Array<ArrayBuffer>),
        sleep: () => Promise.resolve(),
        preopens: { "/workspace": NO_FILES },
      });
      let memory: WebAssembly.Memory | undefined;
      const imports = {
        wasi_snapshot_preview1: Object.fromEntries(
          Object.entries(wasi.imports).map(([name, call]) => [
            name,
            wasi.suspending.has(name) ? new WebAssembly.Suspending(call) : call,
          ]),
        ),
        fieldwork: {
          call: () => ANSWER.byteLength,
          read(at: number, length: number) {
            const part = ANSWER.subarray(0, length);
            new Uint8Array(memory?.buffer ?? new ArrayBuffer(0)).set(part, at >>> 0);
            return ANSWER.byteLength - part.byteLength;
          },
        },
        ...yieldImports(build),
      };
      const exports = new WebAssembly.Instance(module, imports).exports as {
        memory: WebAssembly.Memory;
        _start(): void;
      };
      memory = exports.memory;
      wasi.bind(memory);
      try {
        await WebAssembly.promising(exports._start)();
      } catch (error) {
        if (!(error instanceof WasiExit)) throw error;
      }
      if (!output.includes("You said")) throw new Error(`no answer to the message: ${output}`);
    };
  };
}

const figures = [await compare("QuickJS workload", 1.4, scriptWork)];
for (const [language, name] of [
  ["rust", "Rust"],
  ["go", "Go"],
] as const) {
  const agent = await template(language);
  if (agent?.wasm) figures.push(await compare(`message to a ${name} agent`, 1.1, messageWork(agent.wasm)));
}
figures.push(await compare("tight loop", 2, loopWork));
show(figures);
