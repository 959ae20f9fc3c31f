import { expect, test } from "vitest";
import { run, wat } from "./fixture.ts";

/** Three functions of its own behind one import; each answers with its number. */
const FUNCTIONS = `
  (import "env" "zero" (func $zero (result i32)))
  (type $t (func (result i32)))
  (func $one (export "one") (result i32) (i32.const 1))
  (func $two (export "two") (result i32) (i32.const 2))
  (func $three (result i32) (i32.const 3))`;

const instance = (fields: string) => {
  const made = run(wat(`(module ${FUNCTIONS} ${fields})`), undefined, { env: { zero: () => 0 } });
  made.fuel.value = 1_000_000n;
  return made;
};

const digits = `
  (func (export "digits") (result i32)
    (i32.add (call_indirect $tab (type $t) (i32.const 3))
    (i32.add (i32.mul (call_indirect $tab (type $t) (i32.const 2)) (i32.const 10))
    (i32.add (i32.mul (call_indirect $tab (type $t) (i32.const 1)) (i32.const 100))
             (i32.mul (call_indirect $tab (type $t) (i32.const 0)) (i32.const 1000))))))`;
const init = (segment: string) =>
  `(func (export "init") (table.init $tab ${segment} (i32.const 0) (i32.const 0) (i32.const 4)))`;

test("call, return_call and exports", () => {
  const made = instance(`
    (func (export "f") (result i32)
      (i32.add (i32.mul (call $zero) (i32.const 100)) (i32.add (i32.mul (call $two) (i32.const 10)) (call $three))))
    (func (export "tail") (result i32) (return_call $three))
    (func (export "tailzero") (result i32) (return_call $zero))
    (export "again" (func $zero)) (export "thrice" (func $three))`);
  const results = ["f", "tail", "tailzero", "again", "thrice", "one", "two"].map((name) => made.call(name));
  expect(results).toEqual([23, 3, 0, 0, 3, 1, 2]);
});

test.each([
  ["active, of indices", `(table $tab 4 funcref) (elem (i32.const 0) $zero $one $two $three)`, ""],
  [
    "active, of indices, with a table",
    `(table $x 1 funcref) (table $tab 4 funcref) (elem (table $tab) (i32.const 0) func $zero $one $two $three)`,
    "",
  ],
  ["passive, of indices", `(table $tab 4 funcref) (elem $e func $zero $one $two $three)`, "$e"],
  [
    "active, of expressions",
    `(table $tab 4 funcref) (elem (i32.const 0) funcref (ref.func $zero) (ref.func $one) (ref.func $two) (ref.func $three))`,
    "",
  ],
  [
    "active, of expressions, with a table",
    `(table $x 1 funcref) (table $tab 4 funcref) (elem (table $tab) (i32.const 0) funcref (ref.func $zero) (ref.func $one) (ref.func $two) (ref.func $three))`,
    "",
  ],
  [
    "passive, of expressions",
    `(table $tab 4 funcref) (elem $e funcref (ref.func $zero) (ref.func $one) (ref.func $two) (ref.func $three))`,
    "$e",
  ],
])("element segments: %s", (_form, fields, segment) => {
  const made = instance(fields + digits + (segment && init(segment)));
  if (segment) made.call("init");
  expect(made.call("digits")).toBe(123);
});

test("ref.func with its declarative segments, of indices and of expressions", () => {
  const made = instance(`
    (table $tab 4 funcref) (elem declare func $zero $one) (elem declare funcref (ref.func $two) (ref.func $three))
    (func (export "init")
      (table.set $tab (i32.const 0) (ref.func $zero)) (table.set $tab (i32.const 1) (ref.func $one))
      (table.set $tab (i32.const 2) (ref.func $two)) (table.set $tab (i32.const 3) (ref.func $three)))
    ${digits}`);
  made.call("init");
  expect(made.call("digits")).toBe(123);
});

test("globals, offsets computed by extended constants, and start", () => {
  const made = instance(`
    (global $r0 (mut funcref) (ref.func $zero)) (global $r3 (mut funcref) (ref.func $three))
    (global $two i32 (i32.const 2))
    (table $tab 4 funcref)
    (elem (offset (i32.sub (i32.const 2) (i32.const 1))) $one $two)
    (func (export "init")
      (table.set $tab (i32.const 0) (global.get $r0)) (table.set $tab (i32.const 3) (global.get $r3)))
    ${digits}`);
  made.call("init");
  expect(made.call("digits")).toBe(123);
  let started = "";
  run(
    wat(
      `(module (import "env" "a" (func $a)) (import "env" "b" (func $b)) (func $c) (func $d (call $b)) (start $d))`,
    ),
    undefined,
    { env: { a: () => (started += "a"), b: () => (started += "b") } },
    { memoryMaxPages: 1, initialFuel: 10n },
  );
  expect(started).toBe("b");
});

test("more functions than a one-byte index holds", () => {
  const many = Array.from({ length: 300 }, (_, i) => `(func $f${i} (result i32) (i32.const ${i}))`).join("");
  const calls = [0, 125, 126, 127, 128, 299].map((i) => `(func (export "c${i}") (result i32) (call $f${i}))`);
  const made = instance(many + calls.join(""));
  for (const i of [0, 125, 126, 127, 128, 299]) expect(made.call(`c${i}`)).toBe(i);
});

test("names in stack traces stay those of the functions", () => {
  const made = instance(`(func $breaks unreachable) (func $caller (export "f") (call $breaks))`);
  const trace = (() => {
    try {
      made.call("f");
    } catch (error) {
      return (error as Error).stack ?? "";
    }
    return "";
  })();
  expect(trace).toMatch(/\bbreaks\b[\s\S]*\bcaller\b/);
  const stopped = run(wat(`(module (func $spin (export "f") (loop $l (br $l))))`), () => 1);
  expect(() => stopped.call("f")).toThrow(
    expect.objectContaining({ stack: expect.stringMatching(/fuel\.refuel[\s\S]*spin/) }),
  );
});
