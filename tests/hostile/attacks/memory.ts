import { type Attack, script } from "../attack.ts";
import { guest, wat } from "../wat.ts";

const FULL = ["memory_exhausted"] as const;
const BIG = { memory_max_mb: 64, fuel_per_call: 20_000_000_000 };

/** Modules that take all the memory they can get, and abuse the other things an instance has. */
export const memory: readonly Attack[] = [
  {
    id: "grow-wasm",
    attempt: "growing the memory until it is refused, then writing to all of it",
    files: guest({
      run: `(loop $l (br_if $l (i32.ne (memory.grow (i32.const 16)) (i32.const -1))))
        (memory.fill (i32.const 2048) (i32.const 1) (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 2048)))
        (call $write (i32.const 1) (i32.const 1024) (i32.const 4))`,
      data: "true",
    }),
    manifest: BIG,
    ends: ["reply"],
    says: /^true$/,
  },
  {
    id: "grow-beyond",
    attempt: "writing beyond the memory",
    files: guest({ run: "(i32.store (i32.const -4) (i32.const 1))" }),
    ends: ["module_crashed"],
    says: /out of bounds/,
  },
  {
    id: "declares-memory",
    attempt: "declaring more memory than anybody may have",
    files: guest({ run: "", pages: 65_536 }),
    ends: ["module_invalid"],
    says: /memory/,
  },
  {
    id: "declares-table",
    attempt: "declaring a table of ten million entries",
    files: guest({ run: "", also: "(table 10000000 funcref)" }),
    ends: ["module_invalid"],
    says: /table/,
  },
  {
    id: "grow-tables",
    attempt: "growing four tables without end",
    files: guest({
      run: `(loop $l ${Array.from({ length: 4 }, (_, n) => `(drop (table.grow ${n} (ref.null func) (i32.const 8192)))`).join(" ")} (br $l))`,
      also: "(table 0 funcref)".repeat(4),
    }),
    ends: ["fuel_exhausted", "memory_exhausted"],
  },
  {
    id: "many-tables",
    attempt: "more tables than any compiler makes",
    files: guest({ run: "", also: "(table 0 funcref)".repeat(16) }),
    ends: ["module_invalid"],
    says: /tables/,
  },
  {
    id: "many-globals",
    attempt: "twenty thousand globals and exports",
    files: guest({
      run: "",
      also: Array.from(
        { length: 20_000 },
        (_, n) => `(global (export "g${n}") (mut i64) (i64.const ${n}))`,
      ).join(""),
    }),
    ends: ["module_invalid", "reply"],
  },
  {
    id: "names-the-fuel",
    attempt: "exporting and importing things under every name the fuel counter could have",
    files: {
      "agent.wasm": wat(`(module
        (import "fuel" "yield" (func $y))
        (memory (export "memory") 1)
        (global (export "fuel") (mut i64) (i64.const 0x7fffffffffffffff))
        (global (export "__fuel") (mut i64) (i64.const 0x7fffffffffffffff))
        (func (export "yield"))
        (func (export "_start") (call $y)))`),
    },
    ends: ["module_invalid"],
    says: /imports fuel\.yield, which does not exist here/,
  },
  {
    id: "shadows-the-fuel",
    attempt: "exporting a global under the fuel counter's own name and burning on",
    files: guest({
      run: "(loop $l (global.set $f (i64.const 0x7fffffffffffffff)) (br $l))",
      also: `(global $f (export "fuel") (mut i64) (i64.const 0x7fffffffffffffff))
        (global (export "fuel_0") (mut i64) (i64.const 1)) (global (export "__fieldwork_fuel") (mut i64) (i64.const 1))`,
    }),
    ends: ["fuel_exhausted"],
  },
  {
    id: "no-wasm",
    attempt: "an entry that is not WebAssembly",
    files: { "agent.wasm": Buffer.from("#!/bin/sh\nrm -rf /\n") },
    ends: ["module_invalid"],
  },
  {
    id: "array-script",
    attempt: "an array that grows for ever",
    files: script("const all = []; for (;;) all.push({ n: all.length, text: 'x'.repeat(64) });"),
    manifest: BIG,
    ends: FULL,
  },
  {
    id: "string-script",
    attempt: "a text that doubles for ever",
    files: script("let text = 'x'; for (;;) text += text;"),
    manifest: BIG,
    ends: [...FULL, "module_crashed"],
  },
  {
    id: "buffer-script",
    attempt: "buffers without end, all errors caught",
    files: script(
      "const all = []; for (;;) { try { all.push(new Uint8Array(1 << 20).fill(1)); } catch { all.push(1); } }",
    ),
    manifest: { memory_max_mb: 64, fuel_per_call: 2_000_000_000 },
    ends: [...FULL, "fuel_exhausted"],
  },
  {
    id: "promise-script",
    attempt: "promises without end",
    files: script("const all = []; for (;;) all.push(Promise.reject(new Error('x')).catch(() => {}));"),
    manifest: BIG,
    ends: FULL,
  },
  {
    id: "sparse-script",
    attempt: "arrays of the greatest length there is",
    files: script("return [new Array(2 ** 32 - 1).fill(1).length];"),
    manifest: BIG,
    ends: [...FULL, "fuel_exhausted", "module_crashed"],
  },
  {
    id: "load-memory",
    attempt: "taking all memory while the module is loaded",
    files: script("return 1;", "const all = []; for (;;) all.push(new Uint8Array(1 << 16).fill(1));"),
    ends: ["module_invalid", "memory_exhausted"],
  },
];
