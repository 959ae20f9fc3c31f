import { describe, expect, test } from "vitest";
import { type Call, run, wat } from "./fixture.ts";
import { meter } from "./index.ts";

const SUM = wat(`(module (func (export "sum") (param $n i32) (result i32) (local $s i32)
  (loop $l
    (local.set $s (i32.add (local.get $s) (local.get $n)))
    (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
  (local.get $s)))`);

const { Suspending, promising } = WebAssembly as unknown as {
  Suspending: new (fn: () => Promise<number>) => WebAssembly.ImportValue;
  promising: (fn: WebAssembly.ExportValue) => (...args: number[]) => Promise<unknown>;
};

test("the host is asked each time the counter falls below zero, and the guest goes on", () => {
  let asked = 0;
  const instance = run(SUM, () => {
    asked++;
    expect(instance.fuel.value).toBeLessThan(0n);
    instance.fuel.value = 8n * 10n - 1n;
    return 0;
  });
  instance.fuel.value = 0n;
  expect(instance.call("sum", 1000)).toBe(500_500);
  // Nine instructions an iteration, two outside.
  expect(asked).toBe(1 + Math.floor((9 * 1000) / 81));
});

test("a counter of exactly zero is not below zero", () => {
  const instance = run(wat(`(module (func (export "f") nop nop nop))`));
  instance.fuel.value = 3n;
  instance.call("f");
  expect(instance.fuel.value).toBe(0n);
  expect(() => instance.call("f")).toThrow("out of fuel");
});

test("many instances that suspend when out of fuel share a thread and all finish with the right result", async () => {
  const metered = meter(SUM, { memoryMaxPages: 1 });
  const module = new WebAssembly.Module(metered.bytes);
  const order: number[] = [];
  const results = await Promise.all(
    [0, 1, 2].map(async (id) => {
      const refuel = async () => {
        order.push(id);
        await new Promise((resolve) => setImmediate(resolve));
        fuel.value = 10_000n;
        return 0;
      };
      const { exports } = new WebAssembly.Instance(module, {
        [metered.yieldImport.module]: { [metered.yieldImport.name]: new Suspending(refuel) },
      });
      const fuel = exports[metered.fuelExport] as WebAssembly.Global<"i64">;
      return promising(exports.sum!)(10_000);
    }),
  );
  expect(results).toEqual([50_005_000, 50_005_000, 50_005_000]);
  expect(order.slice(0, 6)).toEqual([0, 1, 2, 0, 1, 2]);
});

describe("a stop", () => {
  const STUBBORN = `
    (func (export "legacy") (result i32)
      (try (result i32) (do (loop $l (br $l)) (i32.const 1)) (catch_all (i32.const 2))))
    (func (export "calls") (try (do (call $spin)) (catch_all (call $spin))))
    (func $spin (loop $l (br $l)))`;

  test("traps, and no handler of the guest catches it", () => {
    const instance = run(wat(`(module ${STUBBORN})`), () => 1);
    for (const name of ["legacy", "calls"]) {
      instance.fuel.value = 1000n;
      expect(() => instance.call(name)).toThrow(WebAssembly.RuntimeError);
    }
  });

  test("is not caught by try_table either", () => {
    // (func (export "f") (block (try_table (catch_all 0) (loop (br 0)))))
    const wasm = Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00, 0x01, 0x04, 0x01, 0x60, 0x00, 0x00, 0x03, 0x02],
      ...[0x01, 0x00, 0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00, 0x0a, 0x14, 0x01, 0x12, 0x00, 0x02, 0x40],
      ...[0x1f, 0x40, 0x01, 0x02, 0x00, 0x03, 0x40, 0x0c, 0x00, 0x0b, 0x0b, 0x0b, 0x0b],
    ]);
    wasm[26] = wasm.length - 27;
    wasm[28] = wasm.length - 29;
    const instance = run(wasm, () => 1);
    instance.fuel.value = 1000n;
    expect(() => instance.call("f")).toThrow(WebAssembly.RuntimeError);
  });

  test("stays: every further call is stopped at its entry until the host gives fuel", () => {
    const instance = run(wat(`(module (func (export "f") nop))`), () => 1);
    instance.fuel.value = -1n;
    expect(() => instance.call("f")).toThrow("unreachable");
    expect(() => instance.call("f")).toThrow("unreachable");
    instance.fuel.value = 10n;
    instance.call("f");
  });

  test("reaches start functions, which have the initial fuel", () => {
    const spin = wat(`(module (func $s (loop $l (br $l))) (start $s))`);
    expect(() => run(spin, () => 1)).toThrow(WebAssembly.RuntimeError);
    const short = wat(`(module (global $g (export "g") (mut i32) (i32.const 0))
      (func $s (global.set $g (i32.const 7))) (start $s))`);
    const options = { memoryMaxPages: 1, initialFuel: 100n };
    const instance = run(short, undefined, {}, options);
    expect((instance.exports.g as WebAssembly.Global).value).toBe(7);
    expect(instance.fuel.value).toBe(98n);
    expect(instance.metered.facts.hasStart).toBe(true);
  });
});

test("the guest cannot name the counter or the yield import", () => {
  // A module that refers to the global and function that metering would add is refused for what it is: invalid.
  const text = (body: string) => `(module (func (export "f") ${body}))`;
  for (const [body, byte, from, to] of [
    ["(i64.const 1) (global.set 0)", 0x24, 0, 1],
    ["(call 0)", 0x10, 0, 1],
  ] as const) {
    const wasm = wat(
      body.includes("global") ? `(module (global (mut i64) (i64.const 0)) (func ${body}))` : text(body),
    );
    const at = wasm.lastIndexOf(byte) + 1;
    expect(wasm[at]).toBe(from);
    wasm[at] = to;
    expect(() => meter(wasm, { memoryMaxPages: 1 })).toThrow(/index/);
  }
});

test("names that the guest takes are stepped aside from", () => {
  const wasm = wat(`(module
    (import "fuel" "yield" (func (result i32))) (import "fuel" "yield_1" (func (result i32)))
    (func (export "fuel") (result i32) (call 0)) (global (export "fuel_1") i32 (i32.const 5)))`);
  const instance = run(wasm, undefined, { fuel: { yield: () => 41, yield_1: () => 42 } });
  expect(instance.metered.fuelExport).toBe("fuel_2");
  expect(instance.metered.yieldImport).toEqual({ module: "fuel", name: "yield_2" });
  instance.fuel.value = 10n;
  expect((instance.exports.fuel as Call)()).toBe(41);
});
