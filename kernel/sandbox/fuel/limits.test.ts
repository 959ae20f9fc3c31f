import { expect, test } from "vitest";
import { run, wat } from "./fixture.ts";
import { type MeterLimits, type MeterOptions, meter } from "./index.ts";

const refusal = (wasm: Uint8Array, options: Partial<MeterOptions> = {}) => {
  try {
    meter(wasm, { memoryMaxPages: 10, ...options });
    return undefined;
  } catch (error) {
    return error;
  }
};

const GROW = `(func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))`;

test.each([
  ["no maximum", "(memory 2)", 10],
  ["a larger maximum", "(memory 2 100)", 10],
  ["a smaller maximum", "(memory 2 5)", 5],
])("a memory with %s grows to no more than what is granted and declared", (_form, memory, max) => {
  const made = run(wat(`(module ${memory} ${GROW})`), undefined, {}, { memoryMaxPages: 10 });
  made.fuel.value = 1_000_000n;
  expect(made.call("grow", max - 1)).toBe(-1);
  expect(made.call("grow", max - 2)).toBe(2);
  expect(made.call("grow", 1)).toBe(-1);
  expect(made.metered.facts.memory).toEqual({ min: 2, max });
});

test("an exported memory cannot be grown past its maximum from outside either", () => {
  const made = run(wat(`(module (memory (export "m") 1))`), undefined, {}, { memoryMaxPages: 3 });
  const memory = made.exports.m as WebAssembly.Memory;
  memory.grow(2);
  expect(() => memory.grow(1)).toThrow(RangeError);
});

test("an imported memory or table must be made with a maximum", () => {
  const wasm = wat(`(module (import "e" "m" (memory 1)) (import "e" "t" (table 1 funcref)) ${GROW})`);
  const options = { memoryMaxPages: 10, tableMaxEntries: 20 };
  const link = (memory?: number, table?: number) =>
    run(
      wasm,
      undefined,
      {
        e: {
          m: new WebAssembly.Memory({ initial: 1, ...(memory && { maximum: memory }) }),
          t: new WebAssembly.Table({ element: "anyfunc", initial: 1, ...(table && { maximum: table }) }),
        },
      },
      options,
    );
  link(10, 20);
  for (const [memory, table] of [
    [11, 20],
    [10, 21],
    [undefined, 20],
    [10, undefined],
  ])
    expect(() => link(memory, table)).toThrow(WebAssembly.LinkError);
});

test("tables grow to no more than their maximum", () => {
  const made = run(
    wat(`(module (table 2 funcref)
      (func (export "grow") (param i32) (result i32) (table.grow 0 (ref.null func) (local.get 0))))`),
    undefined,
    {},
    { memoryMaxPages: 1, tableMaxEntries: 5 },
  );
  made.fuel.value = 1_000_000n;
  expect([made.call("grow", 4), made.call("grow", 3), made.call("grow", 1)]).toEqual([-1, 2, -1]);
});

test.each([
  ["a memory that starts larger than granted", "(memory 11)", {}],
  ["a table that starts larger than granted", "(table 6 funcref)", { tableMaxEntries: 5 }],
])("%s is refused, with its place", (_what, field, options) => {
  const error = refusal(wat(`(module ${field})`), options);
  expect(error).toMatchObject({ code: "limit", offset: field.startsWith("(memory") ? 11 : 12 });
});

test.each<[keyof MeterLimits, number, string]>([
  ["moduleSize", 20, `(func nop nop nop nop nop nop nop)`],
  ["codeSize", 5, `(func nop nop nop nop nop)`],
  ["types", 1, `(type (func)) (type (func (param i32)))`],
  ["imports", 1, `(import "a" "b" (func)) (import "a" "c" (func))`],
  ["exports", 1, `(func (export "a") (export "b"))`],
  ["functions", 2, `(import "a" "b" (func)) (func) (func)`],
  ["tables", 1, `(table 1 funcref) (table 1 funcref)`],
  ["globals", 1, `(import "a" "b" (global i32)) (global i32 (i32.const 1))`],
  ["tags", 1, `(tag) (tag)`],
  ["elementSegments", 1, `(elem func) (elem func)`],
  ["dataSegments", 1, `(data "") (data "")`],
  ["locals", 2, `(func (local i32 i32 i64))`],
  ["nestingDepth", 2, `(func (block (loop (block))))`],
  ["customSections", 0, `(func $named)`],
])("more than %s allows is refused", (limit, count, fields) => {
  const wasm = wat(`(module ${fields})`);
  expect(refusal(wasm)).toBeUndefined();
  expect(refusal(wasm, { limits: { [limit]: count } })).toMatchObject({ code: "limit" });
});

const BINARY = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

test.each<[string, readonly number[], string, number]>([
  ["shared memory", [...BINARY, 5, 4, 1, 3, 1, 1], "shared memory", 11],
  ["memory64", [...BINARY, 5, 3, 1, 4, 1], "memory64", 11],
  ["table64", [...BINARY, 4, 4, 1, 0x70, 4, 1], "table64", 12],
  ["two memories", [...BINARY, 5, 5, 2, 0, 1, 0, 1], "more than one memory", 13],
  ["struct types", [...BINARY, 1, 3, 1, 0x5f, 0], "garbage collection", 11],
  ["recursive types", [...BINARY, 1, 3, 1, 0x4e, 0], "garbage collection", 11],
  ["typed references", [...BINARY, 1, 6, 1, 0x60, 1, 0x63, 0x70, 0], "typed function references", 13],
  ["a component", [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00], "component", 4],
])("%s is refused by name, with its place", (_what, bytes, message, offset) => {
  const error = refusal(Uint8Array.from(bytes));
  expect(error).toMatchObject({
    code: "unsupported",
    message: expect.stringContaining(message),
    offset,
  });
});

test("what is not valid is refused with the engine's reason and place", () => {
  const wasm = wat(`(module (func (result i32) (i32.const 1)))`);
  wasm[wasm.indexOf(0x41)] = 0x42;
  expect(refusal(wasm)).toMatchObject({ code: "invalid", message: expect.stringContaining("type error") });
  expect(refusal(new Uint8Array(0))).toMatchObject({ code: "invalid" });
  expect(refusal(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]))).toMatchObject({ code: "invalid" });
});
