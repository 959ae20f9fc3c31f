/**
 * What fuel metering costs: time to inject it, and slow-down of metered code beside the bare, in one run.
 * Run with `node bench/fuel.ts`.
 */
import { readFileSync } from "node:fs";
import wabt from "wabt";
import { meter } from "../kernel/sandbox/fuel/index.ts";
import { SCRIPT, startQuickJs } from "./script-workload.ts";

const ROUNDS = 9;
const OPTIONS = { memoryMaxPages: 4096, initialFuel: 1n << 62n };

const assembler = await wabt();
const assemble = (text: string) =>
  Uint8Array.from(assembler.parseWat("bench.wat", text, {}).toBinary({}).buffer);

/** Times in milliseconds, sorted. */
async function time(rounds: number, work: () => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

const median = (times: readonly number[]) => times[times.length >> 1]!;

const quickjs = Uint8Array.from(
  readFileSync(new URL("quickjs.wasm", import.meta.resolve("quickjs-wasi/package.json"))),
);

/** QuickJS with its code section there several times over, until the module has `size` bytes. */
function enlarged(wasm: Uint8Array, size: number): Uint8Array {
  const sections: { id: number; content: Uint8Array }[] = [];
  let at = 8;
  const leb = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const uleb = (value: number): number[] =>
    value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...uleb(value >>> 7)];
  while (at < wasm.length) {
    const id = wasm[at++]!;
    const length = leb();
    sections.push({ id, content: wasm.subarray(at, at + length) });
    at += length;
  }
  const codeSize = sections.find(({ id }) => id === 10)!.content.length;
  const times = Math.ceil((size - wasm.length) / codeSize) + 1;
  const repeated = (content: Uint8Array) => {
    at = content.byteOffset;
    const count = leb();
    const items = wasm.subarray(at, content.byteOffset + content.length);
    return Buffer.concat([Uint8Array.from(uleb(count * times)), ...new Array<Uint8Array>(times).fill(items)]);
  };
  const parts = sections.map(({ id, content }) => {
    const grown = id === 3 || id === 10 ? repeated(content) : content;
    return Buffer.concat([Uint8Array.of(id, ...uleb(grown.length)), grown]);
  });
  return Uint8Array.from(Buffer.concat([wasm.subarray(0, 8), ...parts]));
}

console.log("\ninjection                size in   size out    first     median   of which validation");
for (const [name, wasm] of [
  ["quickjs.wasm", quickjs],
  ["10 MB module", enlarged(quickjs, 10e6)],
] as const) {
  let metered = meter(assemble("(module)"), OPTIONS);
  const runs: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const [run] = await time(1, () => (metered = meter(wasm, OPTIONS)));
    runs.push(run!);
  }
  const validation = await time(ROUNDS, () => {
    WebAssembly.validate(wasm as Uint8Array<ArrayBuffer>);
    WebAssembly.validate(metered.bytes);
  });
  const first = runs[0]!;
  console.log(
    `${name.padEnd(20)} ${(wasm.length / 1e6).toFixed(2).padStart(8)} MB ${(metered.bytes.length / 1e6).toFixed(2).padStart(7)} MB` +
      `${first.toFixed(1).padStart(8)} ms${median(runs.sort((a, b) => a - b))
        .toFixed(1)
        .padStart(8)} ms${median(validation).toFixed(1).padStart(11)} ms`,
  );
}

const KERNELS = assemble(`(module (memory 2)
  (func (export "sum") (param $n i32) (result i32) (local $s i32)
    (loop $l
      (local.set $s (i32.add (local.get $s) (i32.xor (local.get $n) (i32.const 12345))))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $s))
  (func (export "walk") (param $n i32) (result i32) (local $p i32)
    (loop $l
      (local.set $p (i32.and (i32.add (i32.mul (local.get $p) (i32.const 1103515245)) (i32.const 12345))
                             (i32.const 0xfffc)))
      (i32.store (local.get $p) (i32.add (i32.load (local.get $p)) (local.get $n)))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $p))
  (func $fib (export "fib") (param $n i32) (result i32)
    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1)))
                     (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
  (func (export "copies") (param $n i32) (param $size i32)
    (loop $l
      (memory.copy (i32.const 65536) (i32.const 0) (local.get $size))
      (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`);

type Kernel = (...args: number[]) => unknown;
const exportsOf = (wasm: Uint8Array<ArrayBuffer>) =>
  new WebAssembly.Instance(new WebAssembly.Module(wasm), { fuel: { yield: () => 0 } })
    .exports as unknown as Record<string, Kernel>;

const quickJsOf = (wasm: Uint8Array<ArrayBuffer>) =>
  startQuickJs(new WebAssembly.Module(wasm), { fuel: { yield: () => 0 } });

const bare = exportsOf(KERNELS);
const metered = exportsOf(meter(KERNELS, OPTIONS).bytes);
const bareJs = await quickJsOf(quickjs);
const meteredJs = await quickJsOf(meter(quickjs, OPTIONS).bytes);

const WORKLOADS: readonly [string, () => unknown, () => unknown][] = [
  ["tight loop (add, xor)", () => bare.sum!(50_000_000), () => metered.sum!(50_000_000)],
  ["loop over memory", () => bare.walk!(20_000_000), () => metered.walk!(20_000_000)],
  ["recursion (fib 33)", () => bare.fib!(33), () => metered.fib!(33)],
  ["memory.copy, 16 bytes", () => bare.copies!(5_000_000, 16), () => metered.copies!(5_000_000, 16)],
  ["memory.copy, 256 bytes", () => bare.copies!(3_000_000, 256), () => metered.copies!(3_000_000, 256)],
  ["QuickJS script", () => bareJs.evalCode(SCRIPT).dispose(), () => meteredJs.evalCode(SCRIPT).dispose()],
];

console.log("\nslow-down                    bare     metered");
for (const [name, plain, charged] of WORKLOADS) {
  // The two alternate, so that what else the machine does falls on both alike; the least disturbed run counts.
  const times: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let i = 0; i < ROUNDS; i++) {
    times[0] = Math.min(times[0], (await time(1, plain))[0]!);
    times[1] = Math.min(times[1], (await time(1, charged))[0]!);
  }
  console.log(
    `${name.padEnd(23)}${times[0].toFixed(1).padStart(7)} ms${times[1].toFixed(1).padStart(9)} ms   ${(times[1] / times[0]).toFixed(2)}x`,
  );
}
