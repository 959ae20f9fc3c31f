import { expect, test } from "vitest";
import { run, wat } from "./fixture.ts";
import { meter } from "./index.ts";

const custom = (name: string, ...content: number[]) => {
  const encoded = [name.length, ...new TextEncoder().encode(name), ...content];
  return [0, encoded.length, ...encoded];
};

const HEADER_BYTES = 8;
const contents = (bytes: Uint8Array<ArrayBuffer>, name: string) =>
  WebAssembly.Module.customSections(new WebAssembly.Module(bytes), name).map((part) => [
    ...new Uint8Array(part),
  ]);

test("sections about places in the code go, others stay, those in front stay in front", () => {
  const plain = wat(`(module (func))`);
  const wasm = Uint8Array.from([
    ...plain.subarray(0, HEADER_BYTES),
    ...custom("dylink.0", 1, 2),
    ...plain.subarray(HEADER_BYTES),
    ...custom("producers", 3),
    ...custom(".debug_info", 4),
    ...custom("metadata.code.trace", 0),
    ...custom("linking", 5),
    ...custom("target_features", 6),
  ]);
  const { bytes, facts } = meter(wasm, { memoryMaxPages: 1 });
  expect(contents(bytes, "dylink.0")).toEqual([[1, 2]]);
  expect(bytes.subarray(HEADER_BYTES, HEADER_BYTES + 2)).toEqual(Uint8Array.of(0, 11));
  expect(contents(bytes, "producers")).toEqual([[3]]);
  expect(contents(bytes, "target_features")).toEqual([[6]]);
  for (const name of [".debug_info", "metadata.code.trace", "linking"])
    expect(contents(bytes, name)).toEqual([]);
  expect(facts.customSections).toEqual(
    [
      "dylink.0",
      "name",
      "producers",
      ".debug_info",
      "metadata.code.trace",
      "linking",
      "target_features",
    ].filter((name) => name !== "name" || contents(plain, "name").length > 0),
  );
});

test("a name section that is not well formed goes, and the module is metered all the same", () => {
  const wasm = Uint8Array.from([
    ...wat(`(module (func (export "f") nop))`),
    ...custom("name", 1, 0x7f, 1, 0),
  ]);
  const made = run(wasm);
  expect(made.used(() => made.call("f"))).toBe(1);
});

test("facts tell what the original imports, exports and holds", () => {
  const { facts } = meter(
    wat(`(module (import "env" "log" (func (param i32 f64))) (import "env" "g" (global (mut i64)))
      (memory (export "memory") 2) (table (export "t") 3 externref)
      (tag (export "e") (param i32)) (func (export "f") (result v128) (v128.const i64x2 0 0)))`),
    { memoryMaxPages: 7, tableMaxEntries: 9 },
  );
  expect(facts.imports).toEqual([
    {
      module: "env",
      name: "log",
      type: { kind: "function", signature: { params: ["i32", "f64"], results: [] } },
    },
    { module: "env", name: "g", type: { kind: "global", value: "i64", mutable: true } },
  ]);
  expect(facts.exports).toEqual([
    { name: "memory", type: { kind: "memory", pages: { min: 2, max: 7 } } },
    { name: "t", type: { kind: "table", element: "externref", entries: { min: 3, max: 9 } } },
    { name: "e", type: { kind: "tag", signature: { params: ["i32"], results: [] } } },
    { name: "f", type: { kind: "function", signature: { params: [], results: ["v128"] } } },
  ]);
  expect(facts.counts).toMatchObject({ functions: 2, tables: 1, globals: 1, tags: 1, dataSegments: 0 });
  expect(facts).toMatchObject({ hasStart: false, memory: { min: 2, max: 7 } });
});
