import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Call, run, wat } from "./fixture.ts";

const MIB = 1 << 20;

/** Each export costs five or fewer instructions besides what it is about. */
const MEMORY = wat(`(module
  (memory (export "memory") 48)
  (data $d "${"0123456789abcdef".repeat(64)}")
  (func (export "fill") (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i32 i32 i32) (memory.init $d (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (data.drop $d))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "fixed") (param i32) (memory.fill (local.get 0) (i32.const 1) (i32.const 63)))
  (func (export "fixed64") (param i32) (memory.fill (local.get 0) (i32.const 1) (i32.const 64))))`);

const plain = () => new WebAssembly.Instance(new WebAssembly.Module(MEMORY)).exports;
const memoryOf = (exports: Record<string, unknown>) =>
  new Uint8Array((exports.memory as WebAssembly.Memory).buffer);

/** Fills with a pattern in which no two regions look alike. */
const pattern = (bytes: Uint8Array) => {
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 2654435761) >>> 24;
};

const outcome = (work: () => unknown) => {
  try {
    return { result: work() };
  } catch (error) {
    return { trap: error instanceof WebAssembly.RuntimeError ? error.message : error };
  }
};

/** Runs the same operation with and without metering and compares result, trap and memory. */
function alike(operation: string, args: readonly number[]) {
  const native = plain();
  const metered = run(MEMORY);
  pattern(memoryOf(native));
  pattern(memoryOf(metered.exports));
  const expected = outcome(() => (native[operation] as Call)(...args));
  let actual: unknown;
  const used = metered.used(() => {
    actual = outcome(() => metered.call(operation, ...args));
  });
  expect(actual).toEqual(expected);
  expect(Buffer.compare(memoryOf(native), memoryOf(metered.exports))).toBe(0);
  return { used, trapped: "trap" in expected };
}

describe("memory operations", () => {
  const edge = 48 * 65_536;
  test.each([
    ["fill", [0, 7, 0]],
    ["fill", [0, 7, 63]],
    ["fill", [0, 7, 64]],
    ["fill", [5, 7, 3 * MIB - 5]],
    ["fill", [edge, 7, 0]],
    ["fill", [edge + 1, 7, 0]],
    ["fill", [edge - 100, 7, 101]],
    ["fill", [1, 7, -1]],
    ["copy", [0, 1, 3 * MIB - 1]],
    ["copy", [1, 0, 3 * MIB - 1]],
    ["copy", [100, 0, 2 * MIB + 77]],
    ["copy", [0, 100, 2 * MIB + 77]],
    ["copy", [5, 5, 2 * MIB]],
    ["copy", [0, edge - 10, 65]],
    ["copy", [edge - 10, 0, 65]],
    ["copy", [0, -1, 2]],
    ["init", [0, 0, 1024]],
    ["init", [0, 1000, 25]],
    ["init", [edge - 5, 0, 6]],
  ] as const)("%s %j gives what the bare instruction gives", (operation, args) => {
    const { used, trapped } = alike(operation, args);
    const bytes = args[2] >>> 0;
    if (operation !== "init") expect(used).toBe(4 + (trapped ? 0 : Math.floor(bytes / 64)));
    else expect(used).toBe(4 + Math.floor(bytes / 64));
  });

  test("any copy is alike, overlapping or not, inside or not", () => {
    const place = fc.integer({ min: 0, max: edge + 1000 });
    fc.assert(
      fc.property(place, place, place, (dst, src, count) => void alike("copy", [dst, src, count])),
      { numRuns: 25 },
    );
  });

  test("a size that is a short constant is free, a longer one is not", () => {
    const instance = run(MEMORY);
    expect(instance.used(() => instance.call("fixed", 0))).toBe(4);
    expect(instance.used(() => instance.call("fixed64", 0))).toBe(4 + 1);
  });

  test("a long fill is sliced, so that no slice is longer than 1 MiB", () => {
    let slices = 0;
    const instance = run(MEMORY, () => {
      slices++;
      instance.fuel.value = BigInt(MIB / 64 - 1);
      return 0;
    });
    instance.fuel.value = 4n;
    (instance.exports.memory as WebAssembly.Memory).grow(1024 - 48);
    instance.call("fill", 0, 7, 64 * MIB);
    expect(slices).toBe(64);
  });

  test("a long fill is stopped in the middle", () => {
    const instance = run(MEMORY, () => 1);
    instance.fuel.value = BigInt(4 + MIB / 64);
    expect(() => instance.call("fill", 0, 7, 3 * MIB)).toThrow("unreachable");
    const bytes = memoryOf(instance.exports);
    expect([bytes[MIB - 1], bytes[MIB]]).toEqual([7, 0]);
  });

  test("init of a segment that was dropped traps as it does bare", () => {
    const instance = run(MEMORY);
    instance.fuel.value = 1000n;
    instance.call("drop");
    expect(() => instance.call("init", 0, 0, 1)).toThrow("out of bounds");
    instance.call("init", 0, 0, 0);
  });

  test("grow is charged by the page, and not when it cannot be", () => {
    const instance = run(MEMORY, undefined, {}, { memoryMaxPages: 50 });
    expect(instance.used(() => expect(instance.call("grow", 2)).toBe(48))).toBe(2 + 2 * 1024);
    expect(instance.used(() => expect(instance.call("grow", 1)).toBe(-1))).toBe(2);
    expect(instance.used(() => expect(instance.call("grow", -1)).toBe(-1))).toBe(2);
    expect(instance.used(() => expect(instance.call("grow", 0)).toBe(50))).toBe(2);
  });
});

test("table operations are charged by the entry, for no more than a table can hold", () => {
  const instance = run(
    wat(`(module (table $t 100 funcref) (table $u 100 externref)
      (func $f) (elem $e func $f $f $f)
      (func (export "fill") (param i32) (table.fill $t (i32.const 0) (ref.func $f) (local.get 0)))
      (func (export "copy") (param i32) (table.copy $t $t (i32.const 0) (i32.const 1) (local.get 0)))
      (func (export "init") (param i32) (table.init $t $e (i32.const 0) (i32.const 0) (local.get 0)))
      (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0)))
      (func (export "growu") (param externref i32) (result i32)
        (table.grow $u (local.get 0) (local.get 1))))`),
    undefined,
    {},
    { memoryMaxPages: 1, tableMaxEntries: 200 },
  );
  const used = (name: string, count: number) => instance.used(() => instance.call(name, count));
  expect(used("fill", 100)).toBe(4 + 100);
  expect(used("copy", 50)).toBe(4 + 50);
  expect(used("init", 3)).toBe(4 + 3);
  expect(used("grow", 100)).toBe(3 + 100);
  expect(used("grow", 1_000_000)).toBe(3 + 200);
  expect(instance.used(() => expect(instance.call("growu", null, 100)).toBe(100))).toBe(3 + 100);
  expect(() => used("fill", 201)).toThrow("out of bounds");
});
