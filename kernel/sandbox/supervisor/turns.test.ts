import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("calls of one module keep their order, and those of another come in between", async () => {
  const turns = createTurns({ now: () => 0, cpuMs: () => 0 });
  const done: string[] = [];
  for (let n = 0; n < 5; n++) turns.add("flood", () => done.push(`flood ${n}`));
  turns.add("other", () => done.push("other"));
  while (turns.waiting() > 0) await sleep(1);
  expect(done).toEqual(["flood 0", "other", "flood 1", "flood 2", "flood 3", "flood 4"]);
  expect(turns.waiting()).toBe(0);
});

test("a module whose call was heavy pauses while the others go on", async () => {
  let clock = 0;
  const turns = createTurns({ now: () => clock, cpuMs: () => clock });
  const done: string[] = [];
  turns.add("heavy", () => {
    clock += 20;
    done.push("heavy");
  });
  turns.add("heavy", () => done.push("heavy again"));
  turns.add("other", () => done.push("other"));
  while (done.length < 2) await sleep(1);
  expect(done).toEqual(["heavy", "other"]);
  while (turns.waiting() > 0) await sleep(10);
  expect(done).toEqual(["heavy", "other", "heavy again"]);
});

test("a flood leaves the event loop to others after a while", async () => {
  const turns = createTurns();
  let calls = 0;
  const spin = () => {
    for (const until = performance.now() + 0.5; performance.now() < until; );
    calls++;
  };
  for (let n = 0; n < 40; n++) turns.add("flood", spin);
  let seen = 0;
  await new Promise<void>((resolve) =>
    setImmediate(() =>
      setImmediate(() => {
        seen = calls;
        resolve();
      }),
    ),
  );
  expect(seen).toBeGreaterThan(0);
  expect(seen).toBeLessThan(40);
});

test("what a call does in promises is counted as its own", async () => {
  let clock = 0;
  const turns = createTurns({ now: () => clock, cpuMs: () => clock });
  const done: string[] = [];
  turns.add("heavy", () => {
    void Promise.resolve()
      .then(() => {})
      .then(() => {
        clock += 2000;
      });
  });
  turns.add("other", () => done.push("other"));
  turns.add("heavy", () => done.push("heavy again"));
  turns.add("other", () => done.push("other again"));
  while (done.length < 2) await sleep(5);
  expect(done).toEqual(["other", "other again"]);
});
