import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "#contract";
import { bounded } from "./bounded.ts";

test("what fits is left as it is", () => {
  const value = { a: "text", b: [1, null, true], c: {} };
  expect(bounded(value, 1000)).toEqual({ value, cut: false });
});

test("long texts and lists are cut at their end, the rest stays", () => {
  const { value, cut } = bounded({ status: 200, body: "x".repeat(10_000), list: [1, 2], kind: "file" }, 500);
  expect(cut).toBe(true);
  expect(value).toMatchObject({ status: 200, kind: "file", list: [] });
  expect((value as { body: string }).body).toMatch(/^x{300,}… \[cut\]$/);
  expect(
    bounded(
      Array.from({ length: 5000 }, (_, at) => at),
      500,
    ).value,
  ).toHaveLength(39);
});

test("no value is longer than twice its bound", () => {
  const deep = fc.jsonValue({ maxDepth: 6 }) as fc.Arbitrary<JsonValue>;
  const wide = fc.dictionary(fc.string({ unit: "binary", maxLength: 30 }), deep, {
    maxKeys: 200,
  }) as fc.Arbitrary<JsonValue>;
  const text = fc.string({ unit: "binary", minLength: 500, maxLength: 3000 });
  fc.assert(
    fc.property(fc.oneof(deep, wide, fc.array(wide, { maxLength: 20 }), text, fc.array(text)), (value) => {
      expect(JSON.stringify(bounded(value, 1000).value).length).toBeLessThan(2000);
    }),
  );
});
