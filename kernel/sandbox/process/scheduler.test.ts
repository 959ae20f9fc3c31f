import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createScheduler } from "./scheduler.ts";

test("calls of modules known to be short go first, those that are long by now or were long last", async () => {
  const scheduler = createScheduler();
  scheduler.ended("short", 2);
  scheduler.ended("long", 400);
  const order: string[] = [];
  const wait = (name: string, module: string, usedMs: number) =>
    scheduler.turn(module, usedMs).then(() => order.push(name));
  void wait("long", "long", 0);
  void wait("short by now long", "short", 300);
  void wait("new", "new", 0);
  void wait("short", "short", 1);
  expect(scheduler.waiting()).toBe(4);
  await sleep(20);
  expect(order).toEqual(["short", "new", "short by now long", "long"]);
  expect(scheduler.waiting()).toBe(0);
});

test("nobody starves behind those who are shorter", async () => {
  const scheduler = createScheduler();
  let over = false;
  void scheduler.turn("long", 1000).then(() => {
    over = true;
  });
  let turns = 0;
  while (!over && turns < 100) {
    await scheduler.turn("short", 1);
    turns++;
  }
  expect(over).toBe(true);
});

test("one turn of the event loop lets one guest go", async () => {
  const scheduler = createScheduler();
  let gone = 0;
  for (let n = 0; n < 10; n++) void scheduler.turn(`m${n}`, 0).then(() => gone++);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(gone).toBeLessThan(4);
});
