import { expect, test } from "vitest";
import { run, wat } from "./fixture.ts";

/** Fuel that calling the export `f` with `args` uses. */
const cost = (text: string, ...args: number[]) => {
  const instance = run(wat(text));
  return instance.used(() => instance.call("f", ...args));
};

test("straight code costs one per instruction, delimiters nothing", () => {
  expect(cost(`(module (func (export "f")))`)).toBe(0);
  expect(cost(`(module (func (export "f") nop nop))`)).toBe(2);
  expect(cost(`(module (func (export "f") (block (block nop))))`)).toBe(3);
});

test("a branch that is not taken is charged all the same", () => {
  // local.get, if, nop | nop nop
  const text = `(module (func (export "f") (param i32) (if (local.get 0) (then nop) (else nop nop))))`;
  expect(cost(text, 0)).toBe(5);
  expect(cost(text, 1)).toBe(5);
});

test("a loop costs its body each time it is begun or branched to", () => {
  // Outside: loop. Inside: local.get, i32.const, i32.sub, local.tee, br_if.
  const text = `(module (func (export "f") (param $n i32)
    (loop $l (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`;
  expect(cost(text, 1)).toBe(1 + 5);
  expect(cost(text, 1000)).toBe(1 + 5 * 1000);
});

test("a loop that is never reached costs only its own instruction", () => {
  // local.get, if, loop
  expect(cost(`(module (func (export "f") (param i32) (if (local.get 0) (then (loop nop)))))`, 0)).toBe(3);
});

test("a nested loop belongs to itself, not to the loop around it", () => {
  const text = `(module (func (export "f") (param $n i32) (param $m i32) (local $i i32)
    (loop $outer
      (local.set $i (local.get $m))
      (loop $inner
        (br_if $inner (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
      (br_if $outer (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))`;
  // Outer: local.get, local.set, loop, then five; inner: five.
  expect(cost(text, 3, 4)).toBe(1 + 3 * (8 + 4 * 5));
});

test("an inner loop that branches to the outer one charges the outer one again", () => {
  const text = `(module (func (export "f") (param $n i32)
    (loop $outer
      (loop $inner
        (br_if $outer (local.tee $n (i32.sub (local.get $n) (i32.const 1))))))))`;
  // Outside: loop. Outer: loop. Inner: five.
  expect(cost(text, 7)).toBe(1 + 7 * (1 + 5));
});

test("a jump table that leads to loops and out of them is charged by where it leads", () => {
  const text = `(module (func (export "f") (param $way i32) (param $n i32)
    (block $out
      (loop $again
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_table $again $out (local.get $way))))))`;
  // Outside: block, loop. Inside: get, eqz, br_if, get, const, sub, set, get, br_table.
  expect(cost(text, 0, 5)).toBe(2 + 6 * 9);
  expect(cost(text, 1, 5)).toBe(2 + 9);
});

test("loops with parameters and results keep their values over the charge", () => {
  const instance = run(
    wat(`(module (func (export "f") (param $n i32) (result i32 i32)
      (i32.const 0) (local.get $n)
      (loop $l (param i32 i32) (result i32 i32)
        (local.set $n)
        (i32.add (local.get $n))
        (i32.sub (local.get $n) (i32.const 1))
        (br_if $l (local.get $n)))))`),
  );
  // Outside: const, get, loop. Inside: set, get, add, get, const, sub, get, br_if.
  expect(instance.used(() => expect(instance.call("f", 3)).toEqual([6, -1]))).toBe(3 + 4 * 8);
});

test("recursion, calls through tables and tail calls are charged at each entry", () => {
  const fib = `(module (func $f (export "f") (param i32) (result i32)
    (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add (call $f (i32.sub (local.get 0) (i32.const 1)))
                     (call $f (i32.sub (local.get 0) (i32.const 2))))))))`;
  // 14 instructions; fib(10) makes 177 calls.
  expect(cost(fib, 10)).toBe(14 * 177);
  const tail = `(module (func $f (export "f") (param i32)
    (if (local.get 0) (then (return_call $f (i32.sub (local.get 0) (i32.const 1)))))))`;
  expect(cost(tail, 100_000)).toBe(6 * 100_001);
  const indirect = `(module (type $t (func (param i32)))
    (table funcref (elem $f $g))
    (func $f (export "f") (param i32) (call_indirect (type $t) (local.get 0) (i32.const 1)))
    (func $g (param i32)
      (if (local.get 0)
        (then (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1))))))`;
  expect(cost(indirect, 10)).toBe(3 + 7 * 11);
});

test("a region that traps or throws half-way has been charged whole", () => {
  const instance = run(
    wat(`(module (tag $t)
      (func (export "trap") nop unreachable nop nop)
      (func $throw nop (throw $t) nop)
      (func (export "caught") (try (do (call $throw)) (catch $t nop))))`),
  );
  expect(instance.used(() => expect(() => instance.call("trap")).toThrow(WebAssembly.RuntimeError))).toBe(4);
  expect(instance.used(() => instance.call("caught"))).toBe(3 + 3);
});
