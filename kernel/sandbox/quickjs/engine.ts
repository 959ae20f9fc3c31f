import { ENGINE_EXPORTS } from "./abi.ts";

/** The QuickJS engine, metered and compiled once for all guests of a process. */
export interface Engine {
  readonly module: WebAssembly.Module;
  /** Name of the exported mutable i64 global that counts fuel. */
  readonly fuelExport: string;
  /** The import `() -> i32` that is called when fuel runs out; a result other than 0 stops the guest. */
  readonly yieldImport: { readonly module: string; readonly name: string };
  /**
   * How deep guests may nest calls: bytes of the engine's stack, 512 KiB at most, default 56 KiB. QuickJS must
   * report an overflow before V8's own stack runs out: 224 KiB (about 920 calls) is safe only in a process
   * started with `--stack-size=3936 --wasm-stack-switching-stack-size=3936`.
   */
  readonly stackBytes?: number;
}

const EXPORT_SECTION = 7;

/**
 * The engine's binary without the exports we never call. An instance makes a function object for each export;
 * dropping nine tenths of them makes instantiation more than twice as quick. To be done before metering.
 */
export function reduceExports(wasm: Uint8Array): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array[] = [wasm.subarray(0, 8)];
  const names = new Set<string>(ENGINE_EXPORTS);
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = wasm[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  };
  while (at < wasm.length) {
    const start = at;
    const id = wasm[at++];
    const size = number();
    const end = at + size;
    if (id === EXPORT_SECTION) {
      const entries: Uint8Array[] = [];
      for (let left = number(); left > 0; left--) {
        const entry = at;
        const length = number();
        const name = new TextDecoder().decode(wasm.subarray(at, at + length));
        at += length + 1;
        number();
        if (names.has(name)) entries.push(wasm.subarray(entry, at));
      }
      const count = unsigned(entries.length);
      const bytes = entries.reduce((sum, entry) => sum + entry.length, count.length);
      kept.push(Uint8Array.of(EXPORT_SECTION), unsigned(bytes), count, ...entries);
    } else {
      kept.push(wasm.subarray(start, end));
    }
    at = end;
  }
  return Uint8Array.from(Buffer.concat(kept));
}

function unsigned(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
    rest >>>= 7;
  } while (rest > 0);
  return Uint8Array.from(bytes);
}
