import { expect, test } from "vitest";
import { cpuTimeOf, startPatience } from "./patience.ts";

function clocks(cpuMs: number | undefined) {
  const at = { now: 1000, cpu: cpuMs };
  return { at, clocks: { now: () => at.now, cpuMs: () => at.cpu } };
}

test("a process is stuck when it had the time on the processor and did not answer", () => {
  const { at, clocks: told } = clocks(40);
  const isOver = startPatience(1, 5000, told);
  at.now += 4999;
  at.cpu = 5039;
  expect(isOver()).toBe(false);
  at.now += 10;
  expect(isOver()).toBe(false);
  at.cpu = 5040;
  expect(isOver()).toBe(true);
});

test("a process that hardly ran is waited for, yet not without end", () => {
  const { at, clocks: told } = clocks(40);
  const isOver = startPatience(1, 5000, told);
  at.now += 50_000;
  expect(isOver()).toBe(false);
  at.now += 10_000;
  expect(isOver()).toBe(true);
});

test("where the system does not tell the time on the processor, the time on the wall counts", () => {
  const { at, clocks: told } = clocks(undefined);
  const isOver = startPatience(1, 5000, told);
  at.now += 4999;
  expect(isOver()).toBe(false);
  at.now += 1;
  expect(isOver()).toBe(true);
});

test.skipIf(process.platform !== "linux")(
  "the system tells how long a process has been on the processor",
  () => {
    const { user, system } = process.cpuUsage();
    expect(Math.abs((cpuTimeOf(process.pid) ?? 0) - (user + system) / 1000)).toBeLessThan(1000);
    expect(cpuTimeOf(2 ** 30)).toBeUndefined();
  },
);
