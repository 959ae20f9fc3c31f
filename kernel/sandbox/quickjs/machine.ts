import type { Box, EngineExports, Pointer } from "./abi.ts";
import { outOfMemory } from "./errors.ts";
import type { Instance } from "./host.ts";

/**
 * One engine instance and the two ways into it. `entries` run guest code: they go through JSPI, so that the
 * yield import may suspend them, and must not overlap. Everything else is a short synchronous call under
 * `unyielding`: what it burns is charged, but it is never suspended in the middle of a host function.
 */
export interface Machine extends Instance {
  readonly exports: EngineExports;
  readonly entries: Entries;
  unyielding<T>(run: () => T): T;
  /** Charges fuel for work that the host does for the guest: one unit for 16 bytes. */
  charge(bytes: number): void;
  /** A new string value. */
  text(value: string): Box;
  /** The text of a string value; undefined when the value is not a string. */
  read(value: Box): string | undefined;
  /** Allocates and fills guest memory; the receiver frees it. */
  place(bytes: Uint8Array): Pointer;
  /** A zero-terminated text in guest memory; the receiver frees it. */
  placeText(value: string): { readonly at: Pointer; readonly length: number };
  free(value: Box): void;
  /** Calls a guest function with arguments that are freed afterwards; the result is the caller's. */
  call(callee: Box, ...args: readonly Box[]): Promise<Box>;
}

interface Entries {
  readonly evaluate: (source: Pointer, length: number, filename: Pointer, flags: number) => Promise<Box>;
  readonly call: (callee: Box, receiver: Box, count: number, args: Pointer) => Promise<Box>;
  readonly job: () => Promise<number>;
  readonly property: (object: Box, name: Pointer) => Promise<Box>;
}

/** Fuel while an unyielding call runs: far more than any such call can burn. */
const RESERVE = 2n ** 62n;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

export function createMachine(instance: WebAssembly.Instance, fuelExport: string): Machine {
  const exports = instance.exports as unknown as EngineExports;
  const { memory } = exports;
  const fuel = instance.exports[fuelExport] as WebAssembly.Global<"i64">;
  const entries: Entries = {
    evaluate: WebAssembly.promising(exports.qjs_eval),
    call: WebAssembly.promising(exports.qjs_call),
    job: WebAssembly.promising(exports.qjs_execute_pending_job),
    property: WebAssembly.promising(exports.qjs_get_prop_string),
  };

  const unyielding = <T>(run: () => T): T => {
    const before = fuel.value;
    fuel.value = RESERVE;
    try {
      return run();
    } finally {
      fuel.value = before - (RESERVE - fuel.value);
    }
  };
  const allocate = (bytes: number): Pointer => {
    const at = exports.wasm_malloc(bytes) >>> 0;
    if (at === 0) throw outOfMemory();
    return at;
  };
  const place = (bytes: Uint8Array): Pointer => {
    const at = allocate(bytes.length + 1);
    const target = new Uint8Array(memory.buffer, at, bytes.length + 1);
    target.set(bytes);
    target[bytes.length] = 0;
    return at;
  };
  const placeText = (value: string) => {
    const bytes = encoder.encode(value);
    return { at: place(bytes), length: bytes.length };
  };
  const owned = (box: Box): Box => {
    if (box === 0) throw outOfMemory();
    return box;
  };

  return {
    exports,
    memory,
    fuel,
    entries,
    unyielding,
    place,
    placeText,
    charge(bytes) {
      fuel.value -= BigInt(bytes >>> 4);
    },
    text: (value) =>
      unyielding(() => {
        const { at, length } = placeText(value);
        const box = exports.qjs_new_string(at, length);
        exports.wasm_free(at);
        return owned(box);
      }),
    read: (value) =>
      unyielding(() => {
        if (exports.qjs_is_string(value) === 0) return undefined;
        const lengthAt = allocate(4);
        const at = exports.qjs_get_string_len(value, lengthAt) >>> 0;
        const length = new DataView(memory.buffer).getUint32(lengthAt, true);
        exports.wasm_free(lengthAt);
        if (at === 0) {
          exports.qjs_free_value(exports.qjs_get_exception());
          throw outOfMemory();
        }
        const text = decoder.decode(new Uint8Array(memory.buffer, at, length));
        exports.qjs_free_cstring(at);
        return text;
      }),
    free: (value) => unyielding(() => exports.qjs_free_value(value)),
    async call(callee, ...args) {
      const [receiver, argv] = unyielding(() => {
        const at = args.length === 0 ? 0 : allocate(4 * args.length);
        const view = new DataView(memory.buffer);
        for (const [index, box] of args.entries()) view.setUint32(at + 4 * index, box, true);
        return [exports.qjs_get_undefined(), at] as const;
      });
      const result = await entries.call(callee, receiver, args.length, argv);
      unyielding(() => {
        exports.qjs_free_value(receiver);
        for (const box of args) exports.qjs_free_value(box);
        if (argv !== 0) exports.wasm_free(argv);
      });
      return owned(result);
    },
  };
}
