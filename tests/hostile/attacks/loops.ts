import type { Attack } from "../attack.ts";
import { script } from "../attack.ts";
import { guest } from "../wat.ts";

const FUEL = ["fuel_exhausted"] as const;
const DEEP = ["module_crashed"] as const;
const says = /CPU budget|computing time/;

/** Code that never ends by itself. */
export const loops: readonly Attack[] = [
  {
    id: "loop-wasm",
    attempt: "an endless loop",
    files: guest({ run: "(loop $l (br $l))" }),
    ends: FUEL,
    says,
  },
  {
    id: "loop-timeout",
    attempt: "an endless loop with a huge CPU budget",
    files: guest({ run: "(loop $l (br $l))" }),
    manifest: { timeout_call_ms: 300, fuel_per_call: Number.MAX_SAFE_INTEGER },
    ends: ["timeout"],
    says: /longer than 300 ms/,
  },
  {
    id: "loop-catching",
    attempt: "an endless loop that catches whatever would end it",
    files: guest({
      run: "(loop $l (try (do (loop $m (br $m))) (catch_all (br $l))) (br $l))",
    }),
    ends: FUEL,
    says,
  },
  {
    id: "loop-start",
    attempt: "an endless loop in the start section, before anything could be suspended",
    files: guest({ run: "", also: "(func $s (loop $l (br $l))) (start $s)" }),
    ends: ["fuel_exhausted", "module_crashed"],
  },
  {
    id: "loop-tail-calls",
    attempt: "endless tail calls",
    files: guest({ run: "(call $f)", also: "(func $f (return_call $f))" }),
    ends: FUEL,
    says,
  },
  {
    id: "loop-fill",
    attempt: "filling the whole memory again and again",
    files: guest({
      run: "(loop $l (memory.fill (i32.const 0) (i32.const 7) (i32.const 33554432)) (br $l))",
      pages: 512,
    }),
    ends: FUEL,
    says,
  },
  {
    id: "loop-random",
    attempt: "having the host make random bytes without end",
    files: guest({
      imports: '(import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))',
      run: "(loop $l (drop (call $random (i32.const 0) (i32.const 1048576))) (br $l))",
      pages: 256,
    }),
    manifest: { timeout_call_ms: 1500 },
    ends: ["timeout", "fuel_exhausted"],
  },
  {
    id: "loop-clock",
    attempt: "asking the sandbox process for the time without end",
    files: guest({
      run: "(loop $l (drop (call $call (i32.const 1024) (i32.const 18))) (br $l))",
      data: '{"cap":"time.now"}',
    }),
    manifest: { timeout_call_ms: 1500 },
    ends: ["timeout", "fuel_exhausted"],
  },
  {
    id: "sleep-wasm",
    attempt: "sleeping for ever",
    files: guest({
      imports:
        '(import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))',
      run: `(i32.store (i32.const 128) (i32.const 0)) (i32.store8 (i32.const 136) (i32.const 0))
        (i32.store (i32.const 144) (i32.const 1)) (i64.store (i32.const 152) (i64.const 9000000000000000))
        (loop $l (drop (call $poll (i32.const 128) (i32.const 512) (i32.const 1) (i32.const 600))) (br $l))`,
    }),
    manifest: { timeout_call_ms: 300 },
    ends: ["timeout"],
    says: /longer than 300 ms/,
  },
  {
    id: "deep-wasm",
    attempt: "endless recursion",
    files: guest({
      run: "(drop (call $f))",
      also: "(func $f (result i32) (i32.add (call $f) (i32.const 1)))",
    }),
    ends: DEEP,
    says: /recursion is too deep/,
  },
  {
    id: "deep-indirect",
    attempt: "endless recursion through a table",
    files: guest({
      run: "(call $f)",
      also: `(type $t (func)) (table funcref (elem $f $g))
        (func $f (call_indirect (type $t) (i32.const 1)) (drop (i32.const 0)))
        (func $g (call_indirect (type $t) (i32.const 0)) (drop (i32.const 0)))`,
    }),
    ends: DEEP,
    says: /recursion is too deep/,
  },
  { id: "loop-script", attempt: "while (true)", files: script("while (true);"), ends: FUEL, says },
  {
    id: "loop-try",
    attempt: "while (true) in try, catch and finally",
    files: script("for (;;) { try { while (true); } catch {} finally { while (true); } }"),
    ends: FUEL,
    says,
  },
  {
    id: "loop-microtasks",
    attempt: "awaiting without end",
    files: script("for (;;) await null;"),
    ends: FUEL,
    says,
  },
  {
    id: "loop-timers",
    attempt: "timers that start timers",
    files: script("for (;;) await new Promise((resolve) => setTimeout(resolve, 0));"),
    manifest: { timeout_call_ms: 500 },
    ends: ["timeout", "fuel_exhausted"],
  },
  {
    id: "loop-regexp",
    attempt: "a regular expression that backtracks for ever",
    files: script('return /^(a+)+$/.test("a".repeat(60) + "b");'),
    ends: FUEL,
    says,
  },
  {
    id: "loop-sort",
    attempt: "a comparison and a getter that never end",
    files: script("[2, 1].sort(() => { for (;;); });"),
    ends: FUEL,
    says,
  },
  {
    id: "loop-reply",
    attempt: "a reply whose toJSON never ends",
    files: script("return { toJSON() { for (;;); } };"),
    ends: FUEL,
    says,
  },
  {
    id: "wait-script",
    attempt: "waiting for a promise that nobody settles",
    files: script("await new Promise(() => {});"),
    ends: DEEP,
    says: /waits for ever/,
  },
  {
    id: "sleep-script",
    attempt: "sleeping for a day",
    files: script("await new Promise((resolve) => setTimeout(resolve, 86_400_000));"),
    manifest: { timeout_call_ms: 300 },
    ends: ["timeout"],
    says: /longer than 300 ms/,
  },
  {
    id: "deep-script",
    attempt: "endless recursion in TypeScript",
    files: script("const f = (n) => f(n + 1) + 1; return f(0);"),
    ends: [...DEEP, "internal"],
  },
  {
    id: "deep-json",
    attempt: "a reply that is nested a million deep",
    files: script("let x = []; for (let i = 0; i < 1e6; i++) x = [x]; return x;"),
    manifest: { fuel_per_call: 4_000_000_000 },
    ends: [...DEEP, "memory_exhausted"],
  },
  {
    id: "loop-loading",
    attempt: "an endless loop while the module is loaded",
    files: script("return 1;", "for (;;);"),
    ends: ["module_invalid", "fuel_exhausted"],
  },
];
