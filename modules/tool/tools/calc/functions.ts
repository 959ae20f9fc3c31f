import { FieldworkError } from "#contract";
import { compare, floor, isWhole, multiply, type Rational, rational, round, toNumber } from "./rational.ts";

/** A value is exact as long as nothing in it had to be rounded. */
export type Value = { readonly exact: Rational } | { readonly near: number };

export const numberOf = (value: Value): number => ("exact" in value ? toNumber(value.exact) : value.near);

/** @throws FieldworkError `invalid_input` for what is no number */
export function near(x: number): Value {
  if (Number.isFinite(x)) return { near: x };
  throw new FieldworkError(
    "invalid_input",
    Number.isNaN(x) ? "The result is not a real number." : "The result is too large.",
  );
}

export const CONSTANTS: Readonly<Record<string, Value>> = {
  pi: { near: Math.PI },
  π: { near: Math.PI },
  e: { near: Math.E },
  tau: { near: 2 * Math.PI },
};

interface Fn {
  readonly least: number;
  readonly most: number;
  run(values: readonly Value[]): Value;
}

const one = (run: (value: Value) => Value): Fn => ({
  least: 1,
  most: 1,
  run: ([value]) => run(value as Value),
});
const real = (run: (x: number) => number): Fn => one((value) => near(run(numberOf(value))));
const exactly = (onExact: (value: Rational) => Rational, onNear: (x: number) => number): Fn =>
  one((value) => ("exact" in value ? { exact: onExact(value.exact) } : near(onNear(value.near))));

const FACTORIAL_MAX = 500n;
const ROUND_MAX = 1000;
const DEGREE = Math.PI / 180;

export const FUNCTIONS: Readonly<Record<string, Fn>> = {
  sqrt: one(squareRoot),
  cbrt: real(Math.cbrt),
  abs: exactly((value) => (value.n < 0n ? { n: -value.n, d: value.d } : value), Math.abs),
  floor: exactly((value) => rational(floor(value)), Math.floor),
  ceil: exactly((value) => rational(-floor({ n: -value.n, d: value.d })), Math.ceil),
  trunc: exactly((value) => rational(value.n / value.d), Math.trunc),
  sign: exactly((value) => rational(BigInt(compare(value, rational(0n)))), Math.sign),
  round: { least: 1, most: 2, run: ([value, decimals]) => rounded(value as Value, decimals) },
  min: { least: 1, most: 1000, run: (values) => extreme(values, -1) },
  max: { least: 1, most: 1000, run: (values) => extreme(values, 1) },
  fact: one(factorial),
  exp: real(Math.exp),
  ln: real(Math.log),
  log: { least: 1, most: 2, run: ([value, base]) => logarithm(value as Value, base) },
  log2: real(Math.log2),
  log10: real(Math.log10),
  sin: real(Math.sin),
  cos: real(Math.cos),
  tan: real(Math.tan),
  asin: real(Math.asin),
  acos: real(Math.acos),
  atan: real(Math.atan),
  atan2: { least: 2, most: 2, run: ([y, x]) => near(Math.atan2(numberOf(y as Value), numberOf(x as Value))) },
  sinh: real(Math.sinh),
  cosh: real(Math.cosh),
  tanh: real(Math.tanh),
  rad: real((degrees) => degrees * DEGREE),
  deg: real((radians) => radians / DEGREE),
};

function squareRoot(value: Value): Value {
  if ("exact" in value && value.exact.n >= 0n) {
    const n = wholeRoot(value.exact.n);
    const d = wholeRoot(value.exact.d);
    if (n * n === value.exact.n && d * d === value.exact.d) return { exact: rational(n, d) };
  }
  return near(Math.sqrt(numberOf(value)));
}

function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

function rounded(value: Value, decimals: Value | undefined): Value {
  const places = decimals === undefined ? 0 : numberOf(decimals);
  if (!Number.isInteger(places) || Math.abs(places) > ROUND_MAX)
    throw new FieldworkError("invalid_input", "round takes a whole number of decimals.");
  if ("exact" in value) return { exact: round(value.exact, places) };
  const fixed =
    places >= 0 && places <= 100
      ? Number(value.near.toFixed(places))
      : Math.round(value.near / 10 ** -places) * 10 ** -places;
  return near(fixed);
}

function extreme(values: readonly Value[], direction: 1 | -1): Value {
  const isBeyond = (a: Value, b: Value) =>
    "exact" in a && "exact" in b
      ? compare(a.exact, b.exact) === direction
      : (numberOf(a) - numberOf(b)) * direction > 0;
  return values.reduce((best, value) => (isBeyond(value, best) ? value : best));
}

export function factorial(value: Value): Value {
  if (!("exact" in value) || !isWhole(value.exact) || value.exact.n < 0n || value.exact.n > FACTORIAL_MAX)
    throw new FieldworkError("invalid_input", `A factorial is of a whole number from 0 to ${FACTORIAL_MAX}.`);
  let result = rational(1n);
  for (let n = 2n; n <= value.exact.n; n++) result = multiply(result, rational(n));
  return { exact: result };
}

function logarithm(value: Value, base: Value | undefined): Value {
  return near(
    base === undefined ? Math.log10(numberOf(value)) : Math.log(numberOf(value)) / Math.log(numberOf(base)),
  );
}
