import { expect, test } from "vitest";
import { createMemoryPool } from "./memory-pool.ts";

test("when the pool is full the largest holder gives way, not the one that grows", () => {
  const ended: string[] = [];
  const pool = createMemoryPool(100);
  const large = pool.enter("large", () => ended.push("large"));
  const small = pool.enter("small", () => ended.push("small"));
  large.set(80);
  small.set(20);
  expect(ended).toEqual([]);
  small.set(30);
  expect(ended).toEqual(["large"]);
  expect(pool.used()).toBe(110);
  small.set(60);
  large.leave();
  expect(ended).toEqual(["large"]);
  expect(pool.used()).toBe(60);
});

test("a module with many guests is as large as they are together, and gives way with its largest, one after the other", () => {
  const ended: string[] = [];
  const pool = createMemoryPool(100);
  const guest = (module: string, name: string, bytes: number) =>
    pool.enter(module, () => ended.push(name)).set(bytes);
  guest("honest", "honest", 40);
  for (const [n, bytes] of [10, 20, 30].entries()) guest("crowd", `crowd ${n}`, bytes);
  guest("late", "late", 25);
  expect(ended).toEqual(["crowd 2"]);
  guest("crowd", "crowd 3", 35);
  expect(ended).toEqual(["crowd 2", "crowd 3"]);
});

test("the only holder gives way itself, once", () => {
  let ended = 0;
  const pool = createMemoryPool(100);
  const share = pool.enter("alone", () => ended++);
  share.set(101);
  share.set(500);
  expect(ended).toBe(1);
  share.leave();
  expect(pool.used()).toBe(0);
  pool.enter("next", () => ended++).set(100);
  expect(ended).toBe(1);
});
