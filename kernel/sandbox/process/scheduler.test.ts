import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createScheduler } from "./scheduler.ts";

test("calls that have used little go first, in the order in which they came", async () => {
  const scheduler = createScheduler();
  const order: string[] = [];
  const wait = (name: string, usedMs: number) => scheduler.turn(usedMs).then(() => order.push(name));
  void wait("long", 400);
  void wait("middle", 100);
  void wait("begun", 5);
  void wait("new", 0);
  expect(scheduler.waiting()).toBe(4);
  while (scheduler.waiting() > 0) await sleep(20);
  expect(order).toEqual(["begun", "new", "middle", "long"]);
});

test("nobody starves behind those who are shorter", async () => {
  const scheduler = createScheduler();
  let over = false;
  void scheduler.turn(1000).then(() => {
    over = true;
  });
  let turns = 0;
  while (!over && turns < 100) {
    await scheduler.turn(1);
    turns++;
  }
  expect(over).toBe(true);
});

test("one turn of the event loop lets one guest go", async () => {
  const scheduler = createScheduler();
  let gone = 0;
  for (let n = 0; n < 10; n++) void scheduler.turn(0).then(() => gone++);
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  expect(gone).toBeLessThan(4);
});
