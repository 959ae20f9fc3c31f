import { expect, test } from "vitest";
import { createHeavyModules } from "./heavy.ts";

const MIB = 1024 * 1024;
const light = { cpuMs: 5, memoryBytes: 2 * MIB };

test("a module is heavy for a while after it used much, or all that it may", () => {
  let clock = 0;
  const heavy = createHeavyModules(() => clock);
  heavy.ended("light", light);
  heavy.ended("waits", light, "timeout");
  heavy.ended("computes", { ...light, cpuMs: 1500 });
  heavy.ended("holds", { ...light, memoryBytes: 64 * MIB });
  heavy.ended("loops", light, "fuel_exhausted");
  const names = ["light", "waits", "computes", "holds", "loops"];
  expect(names.filter(heavy.has)).toEqual(["computes", "holds", "loops"]);
  clock = 200_000;
  heavy.ended("loops", light, "memory_exhausted");
  heavy.ended("holds", light);
  clock = 400_000;
  expect(names.filter(heavy.has)).toEqual(["loops"]);
});
