import wabt from "wabt";

/** A guest that makes the same counter call over and over: as often as its argument says, `{"n": 1000}`. */
export async function loopGuest(request: string): Promise<Uint8Array<ArrayBuffer>> {
  return assemble(`(module
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "fieldwork" "call" (func $call (param i32 i32) (result i32)))
  (import "fieldwork" "read" (func $read (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 1024) "${request.replaceAll('"', "\\22")}")
  (func (export "_start") (local $at i32) (local $byte i32) (local $n i32)
    (drop (call $args (i32.const 0) (i32.const 4096)))
    (local.set $at (i32.load (i32.const 8)))
    (loop $digits
      (local.set $byte (i32.load8_u (local.get $at)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.lt_u (i32.sub (local.get $byte) (i32.const 48)) (i32.const 10))
        (then (local.set $n (i32.add (i32.mul (local.get $n) (i32.const 10)) (i32.sub (local.get $byte) (i32.const 48))))))
      (br_if $digits (local.get $byte)))
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (drop (call $read (i32.const 8192) (call $call (i32.const 1024) (i32.const ${Buffer.byteLength(request)}))))
        (br $again)))))`);
}

export const LOOP_MANIFEST = { entry: "agent.wasm", exposes_rpc: [{ name: "run" }] };

export async function assemble(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const assembler = await wabt();
  return Uint8Array.from(assembler.parseWat("bench.wat", text, {}).toBinary({}).buffer);
}
