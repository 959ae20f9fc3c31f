import { expect, test } from "vitest";
import { holdsTooManyValues } from "./json-size.ts";

const counted = (value: unknown, most: number): boolean => holdsTooManyValues(JSON.stringify(value), most);

test("counts values of arrays and objects, however they are nested", () => {
  const numbers = Array.from({ length: 50 }, () => 1);
  expect(counted(numbers, 51)).toBe(false);
  expect(counted(numbers, 50)).toBe(true);
  expect(holdsTooManyValues("[".repeat(100), 99)).toBe(true);
  expect(counted(Object.fromEntries(numbers.map((one, at) => [at, one])), 50)).toBe(true);
});

test("what stands in strings is no value", () => {
  expect(counted({ text: ',[{"\\",'.repeat(1000) }, 3)).toBe(false);
  expect(counted(["\\", '"', ",,,,,,,,,,,,"], 4)).toBe(false);
});
