import { expect, test } from "vitest";
import { FieldworkError } from "#contract";
import { createPatience, parseRetryAfter, WAIT_MAX_MS } from "./retry.ts";

const busy = (retry_after_ms?: number) =>
  new FieldworkError("model_overloaded", "busy", {
    details: { again: true, ...(retry_after_ms === undefined ? {} : { retry_after_ms }) },
  });

test("waits grow, with full jitter, and end", () => {
  const longest = createPatience(() => 0.999);
  const waits = [0, 1, 2].map((attempt) => longest.wait(busy(), attempt, true) ?? Number.NaN);
  expect(waits.map(Math.round)).toEqual([400, 799, 1598]);
  expect(longest.wait(busy(), 3, true)).toBeUndefined();
  expect(createPatience(() => 0).wait(busy(), 0, true)).toBe(0);
});

test("with another candidate behind it, one is tried twice at most", () => {
  const patience = createPatience(() => 0);
  expect(patience.wait(busy(), 0, false)).toBe(0);
  expect(patience.wait(busy(), 1, false)).toBeUndefined();
});

test("all waits of a call together are bounded, whatever providers ask for", () => {
  const patience = createPatience(() => 0);
  expect(patience.wait(busy(WAIT_MAX_MS + 1), 0, true)).toBeUndefined();
  expect(patience.wait(busy(15_000), 0, true)).toBe(15_000);
  expect(patience.wait(busy(6000), 1, true)).toBeUndefined();
  expect(patience.wait(busy(5000), 1, true)).toBe(5000);
});

test("what will not pass is not waited for", () => {
  const wrong = new FieldworkError("model_auth", "no", { details: { again: false } });
  expect(createPatience().wait(wrong, 0, true)).toBeUndefined();
});

test.each([
  [{ "retry-after": "2" }, 2000],
  [{ "retry-after": "0" }, 0],
  [{ "retry-after": "1.5" }, 1500],
  [{ "retry-after-ms": "40", "retry-after": "9" }, 40],
  [{ "retry-after": "Thu, 01 Jan 1970 00:00:10 GMT" }, 9000],
  [{ "retry-after": "Thu, 01 Jan 1970 00:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, undefined],
  [{}, undefined],
])("%j means %s ms", (headers, expected) => {
  expect(parseRetryAfter(headers, 1000)).toBe(expected);
});
