import { type Attack, script } from "../attack.ts";
import { asking, guest } from "../wat.ts";

/** Asks the counter the same thing again and again, `$i` times or until it is stopped. */
const asksForEver = (request: string | Uint8Array, times = 1_000_000_000) =>
  guest({
    run: `(loop $l (drop (call $call (i32.const 1024) (i32.const ${Buffer.from(request).byteLength})))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const ${times}))))
      (call $write (i32.const 1) (i32.const 1024) (i32.const 0))`,
    data: request,
    pages: 4,
  });
const writes = (fd: number, length: number) =>
  guest({
    run: `(loop $l (call $write (i32.const ${fd}) (i32.const 1024) (i32.const ${length})) (br $l))`,
    pages: 4,
  });

/** Ten megabytes of `1,` follow it. */
const NUMBERS = '{"cap":"store.kv.set","args":{"k":"a","v":[';
const SHORT = { timeout_call_ms: 1000, fuel_per_call: 20_000_000_000 };
const STOPPED = ["timeout", "fuel_exhausted", "rate_limited"] as const;

/** Too much of everything. */
export const floods: readonly Attack[] = [
  {
    id: "out-wasm",
    attempt: "a reply without end",
    files: writes(1, 65_536),
    ends: ["too_large"],
    says: /larger than 16777216 bytes/,
  },
  { id: "out-bytes", attempt: "a reply without end, byte by byte", files: writes(1, 1), ends: ["too_large"] },
  {
    id: "out-nothing",
    attempt: "writing nothing without end",
    files: writes(1, 0),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "out-script",
    attempt: "a reply of thirty million characters",
    files: script('return "x".repeat(30_000_000);'),
    manifest: { memory_max_mb: 256, fuel_per_call: 20_000_000_000 },
    ends: ["too_large", "memory_exhausted"],
  },
  { id: "log-wasm", attempt: "a log without end", files: writes(2, 65_536), manifest: SHORT, ends: STOPPED },
  {
    id: "log-script",
    attempt: "console.log without end",
    files: script("for (;;) console.log('flood '.repeat(100));"),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "log-capability",
    attempt: "the capability log without end",
    files: asksForEver(JSON.stringify({ cap: "log", args: { text: "flood ".repeat(1000) } })),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "call-wasm",
    attempt: "calls without end",
    files: asksForEver('{"cap":"store.kv.get","args":{"k":"a"}}'),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "call-unknown",
    attempt: "calls of a capability that does not exist, without end",
    files: asksForEver('{"cap":"no.such.thing","args":{}}'),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "call-denied",
    attempt: "calls that are denied, without end",
    files: asksForEver('{"cap":"exec.run","args":{"program":"rm"}}'),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "call-malformed",
    attempt: "requests that are no JSON, without end",
    files: asksForEver("{".repeat(500)),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "call-script",
    attempt: "thousands of calls at once, without end",
    files: script(
      "for (;;) await Promise.all(Array.from({ length: 5000 }, () => host.store.kv.get('a').catch(() => {})));",
    ),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "call-batch",
    attempt: "full batches without end",
    files: asksForEver(
      JSON.stringify({
        cap: "batch",
        args: { calls: Array.from({ length: 64 }, () => ({ cap: "registry.list", args: {} })) },
      }),
    ),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "timers-script",
    attempt: "a hundred thousand timers",
    files: script("for (let i = 0; i < 100_000; i++) setTimeout(() => {}, 1e9); return 'set';"),
    ends: ["module_crashed", "internal", "fuel_exhausted", "too_large", "rate_limited"],
    says: /more than 1000 timers/,
  },
  {
    id: "giant-request",
    attempt: "a request of 32 MiB",
    files: guest({
      run: `(memory.fill (i32.const 1057) (i32.const 97) (i32.const 33554432))
        (call $answer (call $call (i32.const 1024) (i32.const 33554432)))`,
      data: '{"cap":"log","args":{"text":"',
      pages: 600,
    }),
    ends: ["too_large"],
    says: /larger than/,
  },
  {
    id: "giant-numbers",
    attempt: "arguments of millions of numbers, without end",
    files: guest({
      run: `(loop $f (i32.store16 (i32.add (i32.const ${1024 + NUMBERS.length}) (local.get $i)) (i32.const 0x2c31))
          (br_if $f (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 10000000))))
        (i32.store (i32.const ${1024 + NUMBERS.length + 10_000_000}) (i32.const 0x7d7d5d31))
        (loop $l (drop (call $call (i32.const 1024) (i32.const ${NUMBERS.length + 10_000_004}))) (br $l))`,
      data: NUMBERS,
      pages: 200,
    }),
    manifest: SHORT,
    ends: STOPPED,
  },
  {
    id: "reply-numbers",
    attempt: "a reply of millions of numbers",
    files: guest({
      run: `(i32.store8 (i32.const 1024) (i32.const 91))
        (loop $f (i32.store16 (i32.add (i32.const 1025) (local.get $i)) (i32.const 0x2c31))
          (br_if $f (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 2))) (i32.const 8000000))))
        (i32.store16 (i32.const 8001025) (i32.const 0x5d31))
        (call $write (i32.const 1) (i32.const 1024) (i32.const 8000003))`,
      pages: 200,
    }),
    ends: ["too_large"],
    says: /holds more than 200000 values/,
  },
  {
    id: "deep-request",
    attempt: "arguments nested a million deep",
    files: guest({
      run: `(memory.fill (i32.const 1060) (i32.const 91) (i32.const 1000000))
        (memory.fill (i32.const 1001060) (i32.const 93) (i32.const 1000000))
        (i32.store16 (i32.const 2001060) (i32.const 0x7d7d))
        (call $answer (call $call (i32.const 1024) (i32.const 2000038)))`,
      data: '{"cap":"store.kv.set","args":{"k":"a","v":',
      pages: 40,
    }),
    ends: ["too_large", "invalid_input"],
  },
  {
    id: "bad-utf8",
    attempt: "a request that is not UTF-8",
    files: asking(
      Buffer.concat([
        Buffer.from('{"cap":"log","args":{"text":"'),
        Buffer.from([0xff, 0xc0, 0x80]),
        Buffer.from('"}}'),
      ]),
    ),
    ends: ["invalid_input"],
    says: /UTF-8/,
  },
  {
    id: "bad-pointer",
    attempt: "a request that lies outside of the memory",
    files: guest({ run: "(call $answer (call $call (i32.const -8) (i32.const 100)))", pages: 2 }),
    ends: ["invalid_input"],
    says: /outside the memory/,
  },
  {
    id: "bad-json",
    attempt: "a request that is not JSON",
    files: asking('{"cap":"log",'),
    ends: ["invalid_input"],
    says: /not JSON/,
  },
  { id: "no-object", attempt: "a request that is null", files: asking("null"), ends: ["invalid_input"] },
  {
    id: "twice-named",
    attempt: "a request that names two capabilities",
    files: asking('{"cap":"time.now","args":{},"cap":"system.health"}'),
    ends: ["denied"],
    says: /belongs to the owner/,
  },
  {
    id: "bad-reply",
    attempt: "a reply of bytes that are no text",
    files: guest({
      run: "(call $write (i32.const 1) (i32.const 1024) (i32.const 4))",
      data: Buffer.from([0xff, 0xfe, 0, 0x80]),
    }),
    ends: ["reply"],
  },
  {
    id: "proto-reply",
    attempt: "a reply that names __proto__ and constructor",
    files: guest({
      run: "(call $write (i32.const 1) (i32.const 1024) (i32.const 62))",
      data: '{"__proto__":{"ok":false,"error":{"code":"internal"}},"a":"b"}',
    }),
    ends: ["reply"],
  },
  {
    id: "schedule-flood",
    attempt: "five thousand schedules",
    files: script(
      "for (let i = 0; i < 5000; i++) await host.call('schedule.cron', { id: 's' + i, cron: '0 0 1 1 *' }); return 'all';",
    ),
    manifest: { timeout_call_ms: 30_000, fuel_per_call: 20_000_000_000 },
    ends: ["too_large", "timeout"],
    says: /1000 schedules|longer than/,
  },
  {
    id: "value-flood",
    attempt: "keeping a value of two million characters",
    files: script("await host.store.kv.set('a', 'x'.repeat(2_000_000));"),
    ends: ["too_large"],
    says: /store\.value_max_bytes/,
  },
];
