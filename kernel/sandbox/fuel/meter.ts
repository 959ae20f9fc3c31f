import { invalid, MeterError, overLimit, unsupported } from "./error.ts";
import type { ModuleFacts } from "./facts.ts";
import { DEFAULT_LIMITS, type MeterLimits, type MeterOptions } from "./options.ts";
import { HEADER, rewrite } from "./rewrite.ts";

/** Changes when the output for the same input changes: a part of the key of any cache of metered modules. */
export const FUEL_VERSION = 2;

export interface Metered {
  /** The metered module. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Name of the exported `(mut i64)` counter, unique among the module's own exports. */
  readonly fuelExport: string;
  /**
   * The import `() -> i32` that is called when the counter has fallen below zero, unique among the module's
   * own imports. 0 means go on (the host has put fuel into the counter), anything else means stop: a trap. It
   * may be a `WebAssembly.Suspending`.
   */
  readonly yieldImport: { readonly module: string; readonly name: string };
  readonly facts: ModuleFacts;
}

function checkHeader(wasm: Uint8Array, limits: MeterLimits): void {
  if (wasm.length > limits.moduleSize)
    throw overLimit("size of the module in bytes", wasm.length, limits.moduleSize, 0);
  if (wasm.length < HEADER.length || HEADER.some((byte, i) => i < 4 && wasm[i] !== byte))
    throw invalid("not a WebAssembly binary", 0);
  if (wasm[6] === 1) throw unsupported("a component-model binary", 4);
  if (HEADER.some((byte, i) => wasm[i] !== byte)) throw unsupported("this version of WebAssembly", 4);
}

/** The engine's own words for what is wrong with an invalid module, with its place. */
function explain(wasm: Uint8Array<ArrayBuffer>): MeterError {
  try {
    new WebAssembly.Module(wasm);
  } catch (error) {
    const text =
      error instanceof Error ? error.message.replace(/^WebAssembly\.Module\(\): /, "") : String(error);
    const [, message = text, offset = "0"] = /^(.*?)(?: @\+(\d+))?$/s.exec(text) ?? [];
    return invalid(message, Number(offset));
  }
  return invalid("module is not valid", 0);
}

/**
 * Gives a WebAssembly module a fuel counter, so that its host can slice, stop and account for it.
 *
 * **What is charged.** An instruction is every opcode of a function body except the delimiters `else`, `end`,
 * `catch`, `catch_all` and `delegate`. A *region* is a function body without its loops, or the body of one
 * loop without the loops in it; the `loop` instruction itself belongs to the region around it. Whenever a
 * region is entered (the function called in whatever way, the loop begun or branched to) all of its
 * instructions are charged at once, before the first of them. Since a region can be left and entered only
 * there, no more instructions run than were charged for. Besides:
 * - `memory.fill`, `memory.copy`: 1 per whole 64 bytes, in chunks of 1 MiB, each charged before it is worked
 *   on; one that reaches outside the memory traps uncharged.
 * - `memory.init`: 1 per whole 64 bytes asked for, `table.fill`, `table.copy`, `table.init`, `table.grow`:
 *   1 per entry asked for; at most for as much as the largest memory or table holds, and before its checks.
 * - `memory.grow`: 1,024 per page, nothing when it asks for more than the maximum.
 *
 * **What happens at a charge.** The counter is lowered; if it is then below zero the yield import is called.
 * When that returns 0 the module goes on as if nothing had been, otherwise it traps with `unreachable`, which
 * no handler in the module catches.
 *
 * **What else changes.** Memory and tables get their granted maximum, imported ones too: what the host
 * imports must have a maximum no greater. Names of functions stay right; sections about places in the code
 * (debug information, branch hints) are dropped.
 *
 * @throws {MeterError} when the module is invalid, uses something unsupported, or exceeds a limit.
 */
export function meter(input: Uint8Array, options: MeterOptions): Metered {
  const wasm = input as Uint8Array<ArrayBuffer>;
  const limits: MeterLimits = { ...DEFAULT_LIMITS, ...options.limits };
  checkHeader(wasm, limits);
  if (!WebAssembly.validate(wasm)) {
    const reason = explain(wasm);
    // A feature that the engine does not know either is better refused by its name.
    try {
      rewrite(wasm, options, limits);
    } catch (error) {
      if (error instanceof MeterError && error.code === "unsupported") throw error;
    }
    throw reason;
  }
  const metered = rewrite(wasm, options, limits);
  if (!WebAssembly.validate(metered.bytes))
    throw new MeterError("limit", "the metered module exceeds what the engine accepts", 0);
  return metered;
}
