import { randomFillSync } from "node:crypto";
import { createWasi, WasiExit } from "../wasi/index.ts";
import type { InvokeHead } from "../wire/index.ts";
import { createGuestMemory } from "./guest-memory.ts";
import { fieldworkImports } from "./host-fieldwork.ts";
import { floworkImports } from "./host-flowork.ts";
import type { Invocation } from "./invocation.ts";
import { createVirtualFiles } from "./virtual-files.ts";

/** A metered module, compiled. */
export interface CompiledModule {
  readonly module: WebAssembly.Module;
  readonly fuelExport: string;
  readonly yieldImport: { readonly module: string; readonly name: string };
}

const CLOCK_GRAIN_NS = 1_000_000n;
const REPLY_MAX_CHUNKS = 65_536;
/** What one host call may do at once is bounded, so that the others on this thread never wait long for it. */
const WASI_LIMITS = { randomBytes: 1024 * 1024, ioBytes: 2 * 1024 * 1024 } as const;

/** Runs `_start` once in a fresh instance: `argv = [id, function, args]`, the reply on stdout. */
export async function runWasm(
  program: CompiledModule,
  head: InvokeHead,
  invocation: Invocation,
): Promise<{ reply: string; exit: number }> {
  const { allowance, port, log } = invocation;
  const memory = createGuestMemory();
  const output: Uint8Array[] = [];
  let outputBytes = 0;

  const wasi = createWasi({
    args: [head.module, head.function, head.args],
    env: head.env,
    stdout(chunk) {
      outputBytes += chunk.byteLength;
      if (outputBytes > head.limits.outputBytes || output.length > REPLY_MAX_CHUNKS) {
        allowance.stop({
          code: "too_large",
          message: `The reply is larger than ${head.limits.outputBytes} bytes.`,
        });
        throw new WasiExit(1);
      }
      output.push(chunk);
    },
    stderr: log.write,
    now: () => ((BigInt(Date.now()) * 1_000_000n) / CLOCK_GRAIN_NS) * CLOCK_GRAIN_NS,
    monotonic: () => (process.hrtime.bigint() / CLOCK_GRAIN_NS) * CLOCK_GRAIN_NS,
    random: (buffer) => void randomFillSync(buffer),
    sleep: invocation.sleep,
    limits: WASI_LIMITS,
    preopens: Object.fromEntries(head.preopens.map((path) => [path, createVirtualFiles(port, path)])),
  });

  const fieldwork = fieldworkImports(memory, port, invocation.answerHere);
  const flowork = floworkImports(memory, port);
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {
    wasi_snapshot_preview1: Object.fromEntries(
      Object.entries(wasi.imports).map(([name, call]) => [
        name,
        wasi.suspending.has(name) ? suspending(invocation, call) : charged(invocation, call),
      ]),
    ),
    fieldwork: { call: suspending(invocation, fieldwork.call), read: charged(invocation, fieldwork.read) },
    flowork: {
      ...flowork.immediate,
      ...Object.fromEntries(
        Object.entries(flowork.waiting).map(([name, call]) => [name, suspending(invocation, call)]),
      ),
    },
  };
  const { module, name } = program.yieldImport;
  imports[module] = { ...imports[module], [name]: new WebAssembly.Suspending(allowance.yield) };

  allowance.enter();
  try {
    const instance = new WebAssembly.Instance(program.module, imports);
    const exports = instance.exports as Record<string, WebAssembly.ExportValue>;
    const guestMemory = exports.memory as WebAssembly.Memory;
    memory.bind(guestMemory);
    wasi.bind(guestMemory);
    allowance.bind({ fuel: exports[program.fuelExport] as WebAssembly.Global<"i64">, memory: guestMemory });
    await WebAssembly.promising(exports._start as () => void)();
    return { reply: textOf(output), exit: 0 };
  } catch (error) {
    if (error instanceof WasiExit) return { reply: textOf(output), exit: error.code };
    throw error;
  } finally {
    allowance.leave();
  }
}

/** An import that may go away for a while: the time it is gone is not the guest's. */
function suspending(invocation: Invocation, call: (...args: never[]) => unknown): WebAssembly.Suspending {
  const { allowance } = invocation;
  const work = charged(invocation, call);
  return new WebAssembly.Suspending((...args: never[]) => {
    invocation.check();
    const result = work(...args);
    if (!(result instanceof Promise)) return result;
    allowance.leave();
    return result.finally(allowance.enter);
  });
}

/** What the host does at once for a guest takes the thread from the others just as the guest's own code does. */
function charged<A extends readonly never[], R>(
  { allowance }: Invocation,
  call: (...args: A) => R,
): (...args: A) => R {
  return (...args) => {
    const begun = performance.now();
    try {
      return call(...args);
    } finally {
      allowance.charge(performance.now() - begun);
    }
  };
}

const textOf = (chunks: readonly Uint8Array[]): string => new TextDecoder().decode(Buffer.concat(chunks));
