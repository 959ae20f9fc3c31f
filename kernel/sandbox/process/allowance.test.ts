import { expect, test } from "vitest";
import { createAllowance } from "./allowance.ts";
import { createMemoryPool } from "./memory-pool.ts";

const LIMITS = { memoryBytes: 0, timeoutMs: 0, fuel: 0, calls: 0, outputBytes: 0, logBytes: 0 };
const metered = () => ({
  fuel: new WebAssembly.Global({ value: "i64", mutable: true }, 0n) as WebAssembly.Global<"i64">,
  memory: new WebAssembly.Memory({ initial: 1 }),
});
const memoryShare = () => createMemoryPool(1e9).enter("guest", () => {});
const neverItsTurn = () => new Promise<void>(() => {});
const always = async () => {};

test("a guest that is to end goes on at once, however long the others' turns are", async () => {
  const allowance = createAllowance(LIMITS, neverItsTurn, memoryShare());
  const instance = metered();
  allowance.bind(instance);
  const yielded = allowance.yield();
  allowance.stop({ code: "timeout", message: "too long" });
  expect(await yielded).not.toBe(0);
  expect(instance.fuel.value).toBeLessThan(0n);
});

test("what the host does in the guest's name uses up the guest's slice and budget", async () => {
  const allowance = createAllowance({ ...LIMITS, fuel: 3_000_000 }, always, memoryShare());
  const instance = metered();
  allowance.bind(instance);
  allowance.charge(1);
  expect(instance.fuel.value).toBeLessThan(0n);
  expect(await allowance.yield()).toBe(0);
  allowance.charge(10);
  expect(await allowance.yield()).not.toBe(0);
  expect(allowance.stopped()?.code).toBe("fuel_exhausted");
});
