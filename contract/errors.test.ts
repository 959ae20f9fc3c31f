import fc from "fast-check";
import { expect, test } from "vitest";
import { ERRORS, type ErrorCode, FieldworkError, fromErrorData, isErrorCode, toErrorData } from "./index.ts";

test("the codes of the contract have their statuses", () => {
  const statuses: Partial<Record<ErrorCode, number>> = {
    invalid_input: 400,
    unauthenticated: 401,
    budget_exhausted: 402,
    denied: 403,
    approval_required: 403,
    not_found: 404,
    unknown_capability: 404,
    conflict: 409,
    too_large: 413,
    rate_limited: 429,
    internal: 500,
    unavailable: 503,
    timeout: 504,
  };
  for (const [code, status] of Object.entries(statuses))
    expect(ERRORS[code as ErrorCode].status).toBe(status);
  for (const code of [
    "fuel_exhausted",
    "memory_exhausted",
    "module_crashed",
    "module_invalid",
    "outcome_unknown",
    "safe_mode",
  ])
    expect(isErrorCode(code)).toBe(true);
  expect(isErrorCode("toString")).toBe(false);
});

test("every code explains itself and says how to mend it", () => {
  for (const { explanation, remedy } of Object.values(ERRORS)) {
    expect(explanation).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/\.$/);
  }
});

test("anything that is thrown becomes an error as data", () => {
  const hostile: unknown[] = [
    undefined,
    null,
    7,
    Symbol("s"),
    Object.create(null),
    { toString: () => ({}) },
    Object.assign(new Error("x"), { message: 5 }),
    Object.defineProperty(new Error("x"), "message", {
      get() {
        throw new Error("no");
      },
    }),
  ];
  for (const thrown of hostile)
    expect(toErrorData(thrown)).toMatchObject({ code: "internal", message: expect.any(String) });
  fc.assert(fc.property(fc.anything(), (thrown) => toErrorData(thrown).code === "internal"));
});

test("a full disk and aborted signals are told by their own codes", () => {
  expect(toErrorData(Object.assign(new Error("full"), { errcode: 13 })).code).toBe("storage_failed");
  expect(toErrorData(Object.assign(new Error("full"), { errcode: 10 | (3 << 8) })).code).toBe(
    "storage_failed",
  );
  expect(toErrorData(Object.assign(new Error("full"), { code: "ENOSPC" })).code).toBe("storage_failed");
  expect(toErrorData(AbortSignal.abort().reason).code).toBe("cancelled");
  expect(toErrorData(new DOMException("late", "TimeoutError")).code).toBe("timeout");
});

test("an error survives the way over a border", () => {
  const error = new FieldworkError("denied", "no", { remedy: "ask", details: { a: 1 } });
  const back = fromErrorData(JSON.parse(JSON.stringify(toErrorData(error))));
  expect(toErrorData(back)).toEqual(toErrorData(error));
});
