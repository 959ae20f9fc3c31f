import fc from "fast-check";
import { expect, test } from "vitest";
import { FieldworkError, type Place } from "#contract";
import { evaluateExpression } from "./evaluate.ts";

const work = (expression: string, variables = {}) =>
  evaluateExpression.run(evaluateExpression.input.parse({ expression, variables }), {} as Place) as Promise<{
    result: string;
    exact: boolean;
  }>;

test.each([
  ["0.1 + 0.2", "0.3"],
  ["1 + 2 * 3", "7"],
  ["(1 + 2) * 3", "9"],
  ["2^10", "1024"],
  ["2^3^2", "512"],
  ["-2^2", "-4"],
  ["(-2)^2", "4"],
  ["2^-2", "0.25"],
  ["(-1)^1000001", "-1"],
  ["1/3", "0.333333333333333333333333333333"],
  ["10/4", "2.5"],
  ["7 % 3", "1"],
  ["-7 % 3", "2"],
  ["15%", "0.15"],
  ["15% * 80", "12"],
  ["200 + 15%", "230"],
  ["200 - 10%", "180"],
  ["5!", "120"],
  ["round(2.345, 2)", "2.35"],
  ["round(-2.5)", "-3"],
  ["round(1234, -2)", "1200"],
  ["floor(-1.5)", "-2"],
  ["ceil(1.2)", "2"],
  ["max(3, 1/2, 4.5)", "4.5"],
  ["sqrt(16/9)", "1.33333333333333333333333333333"],
  ["sqrt(2)", "1.4142135623731"],
  ["√9 + 1", "4"],
  ["3 × 4 ÷ 2 − 1", "5"],
  ["1e3 + 1e-3", "1000.001"],
  ["1_000_000 * 2", "2000000"],
  ["123456789012345678901234567890 * 9", "1111111101111111110111111111010"],
  ["sin(pi/2)", "1"],
  ["log(1000)", "3"],
  ["log(8, 2)", "3"],
  ["0^0", "1"],
])("%s = %s", async (expression, result) => {
  const { result: got } = await work(expression);
  if (result.includes(".") && result.length > 14) expect(got.startsWith(result.slice(0, 14))).toBe(true);
  else expect(got).toBe(result);
});

test("says whether anything was rounded", async () => {
  expect((await work("1/4")).exact).toBe(true);
  expect((await work("1/3")).exact).toBe(false);
  expect((await work("sqrt(4)")).exact).toBe(true);
  expect((await work("sqrt(2)")).exact).toBe(false);
});

test("variables are numbers by name", async () => {
  expect((await work("round(price * 1.19, 2)", { price: 9.99 })).result).toBe("11.89");
  expect((await work("x + X", { x: -0.5 })).result).toBe("-1");
});

test.each([
  ["1/0", "invalid_input"],
  ["0^-1", "invalid_input"],
  ["2 +", "invalid_input"],
  ["2 3", "invalid_input"],
  ["(1", "invalid_input"],
  ["1 + unknown", "invalid_input"],
  ["constructor", "invalid_input"],
  ["sqrt(-1)", "invalid_input"],
  ["sqrt()", "invalid_input"],
  ["(-8)^(1/3)", "invalid_input"],
  ["9^9^9", "too_large"],
  ["1e99999", "too_large"],
  ["1001!", "invalid_input"],
  ["(".repeat(300), "too_large"],
  ["process.exit()", "invalid_input"],
])("%s is refused", async (expression, code) => {
  const error = await (async () => work(expression))().then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(FieldworkError);
  expect(error.code).toBe(code);
});

test("sums and products of decimals are exact", () =>
  fc.assert(
    fc.asyncProperty(
      fc.bigInt(-(10n ** 15n), 10n ** 15n),
      fc.bigInt(-(10n ** 15n), 10n ** 15n),
      async (a, b) => {
        const cents = (n: bigint) =>
          `${n < 0n ? "-" : ""}${(n < 0n ? -n : n) / 100n}.${String((n < 0n ? -n : n) % 100n).padStart(2, "0")}`;
        const { result } = await work(`(${cents(a)} + ${cents(b)}) * 100`);
        expect(BigInt(result)).toBe(a + b);
      },
    ),
  ));
