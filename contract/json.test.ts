import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, deeperThan } from "./index.ts";

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, one]) => [key, shuffled(one)]),
  );
}

test("equal values have one text, whatever the order of their keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
    }),
  );
});

test("different values have different texts", () => {
  const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      let same = true;
      try {
        expect(plain(a)).toEqual(plain(b));
      } catch {
        same = false;
      }
      expect(canonicalJson(a) === canonicalJson(b)).toBe(same);
    }),
  );
});

test("the text reads back as the value, and is the same again", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});

test("keys are sorted by code unit, and what JSON does not know is left out", () => {
  expect(canonicalJson({ b: 1, a: undefined, "\u{1f600}": 2, "\ufb33": 3, B: [undefined, -0] })).toBe(
    '{"B":[null,0],"b":1,"\u{1f600}":2,"\ufb33":3}',
  );
  expect(canonicalJson(JSON.parse('{"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1}}');
});

test("depth is counted without recursion", () => {
  const nested = (depth: number): unknown => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`);
  expect(deeperThan(1, 0)).toBe(false);
  expect(deeperThan([], 0)).toBe(true);
  expect(deeperThan(nested(64), 64)).toBe(false);
  expect(deeperThan(nested(65), 64)).toBe(true);
  expect(deeperThan(nested(100_000), 64)).toBe(true);
});
