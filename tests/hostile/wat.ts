import createWabt from "wabt";

const wabt = await createWabt();
const FEATURES = {
  exceptions: true,
  mutable_globals: true,
  sat_float_to_int: true,
  sign_extension: true,
  simd: true,
  threads: false,
  multi_value: true,
  tail_call: true,
  bulk_memory: true,
  reference_types: true,
} as const;

/** WebAssembly text → a module. */
export function wat(text: string): Uint8Array {
  const parsed = wabt.parseWat("guest.wat", text, FEATURES);
  try {
    parsed.resolveNames();
    return new Uint8Array(parsed.toBinary({ write_debug_names: true }).buffer);
  } finally {
    parsed.destroy();
  }
}

const literal = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");

export interface Guest {
  /** What it does when called; `$i` (i32) and `$n` (i32) are its locals. Memory below 1024 is taken. */
  readonly run: string;
  /** Definitions beside it. */
  readonly also?: string;
  readonly imports?: string;
  /** Pages of 64 KiB. */
  readonly pages?: number;
  /** Put at address 1024. */
  readonly data?: string | Uint8Array;
}

/** A WASI command around some instructions. */
export function guest({
  run,
  also = "",
  imports = "",
  pages = 1,
  data = "",
}: Guest): Record<string, Uint8Array> {
  return {
    "agent.wasm": wat(`(module
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
  (import "fieldwork" "call" (func $call (param i32 i32) (result i32)))
  (import "fieldwork" "read" (func $read (param i32 i32) (result i32)))
  ${imports}
  (memory (export "memory") ${pages})
  (data (i32.const 1024) "${literal(Buffer.from(data))}")
  ${also}
  ;; Writes a piece of the memory to a descriptor.
  (func $write (param $fd i32) (param $at i32) (param $length i32)
    (i32.store (i32.const 16) (local.get $at))
    (i32.store (i32.const 20) (local.get $length))
    (drop (call $fd_write (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 24))))
  ;; Prints the reply of the last call.
  (func $answer (param $length i32)
    (drop (call $read (i32.const 32768) (local.get $length)))
    (call $write (i32.const 1) (i32.const 32768) (local.get $length)))
  (func $run (local $i i32) (local $n i32) ${run})
  ;; Only when its own function is called: the host calls on_load before it.
  (func (export "_start")
    (drop (call $args_get (i32.const 64) (i32.const 256)))
    (if (i32.ne (i32.load8_u (i32.load (i32.const 68))) (i32.const ${"o".charCodeAt(0)})) (then (call $run)))))`),
  };
}

/** A guest that asks the counter once, with these very bytes, and answers with what it was told. */
export const asking = (request: string | Uint8Array): Record<string, Uint8Array> =>
  guest({
    run: `(call $answer (call $call (i32.const 1024) (i32.const ${Buffer.from(request).byteLength})))`,
    data: request,
    pages: 8,
  });
