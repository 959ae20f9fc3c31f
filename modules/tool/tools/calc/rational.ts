import { FieldworkError } from "#contract";

/** An exact number: `n / d`, reduced, `d` positive. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

const BITS_MAX = 4096;
const DIGITS_MAX = 60;

export function rational(n: bigint, d: bigint = 1n): Rational {
  if (d === 0n) throw new FieldworkError("invalid_input", "Division by zero.");
  const sign = d < 0n ? -1n : 1n;
  const divisor = gcd(n < 0n ? -n : n, d < 0n ? -d : d);
  return bounded({ n: (sign * n) / divisor, d: (sign * d) / divisor });
}

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Rational, b: Rational): Rational => add(a, { n: -b.n, d: b.d });
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
export const isWhole = ({ d }: Rational): boolean => d === 1n;
export const compare = (a: Rational, b: Rational): number => {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The greatest whole number that is not above. */
export function floor({ n, d }: Rational): bigint {
  const q = n / d;
  return n < 0n && q * d !== n ? q - 1n : q;
}

/** Rounded to decimals, halves away from zero. */
export function round(value: Rational, decimals: number): Rational {
  const scale = 10n ** BigInt(Math.abs(decimals));
  const scaled = decimals >= 0 ? multiply(value, rational(scale)) : divide(value, rational(scale));
  const size = floor(add(scaled.n < 0n ? { n: -scaled.n, d: scaled.d } : scaled, rational(1n, 2n)));
  const whole = scaled.n < 0n ? -size : size;
  return decimals >= 0 ? rational(whole, scale) : rational(whole * scale);
}

/** A whole power. @throws FieldworkError `too_large` */
export function power(base: Rational, exponent: bigint): Rational {
  const size = exponent < 0n ? -exponent : exponent;
  const unit = base.d === 1n && base.n >= -1n && base.n <= 1n;
  if (!unit && size * BigInt(bits(base)) > BigInt(BITS_MAX)) throw tooLarge();
  // Of 0, 1 and -1 all powers are known: only whether the exponent is even counts.
  const times = unit && size > 2n ? 2n - (size % 2n) : size;
  const [n, d] = [base.n ** times, base.d ** times];
  return exponent < 0n ? rational(d, n) : rational(n, d);
}

/** The number in decimal digits: exactly where they end, else rounded to many. */
export function decimalText(value: Rational): { readonly text: string; readonly exact: boolean } {
  const sign = value.n < 0n ? "-" : "";
  const n = value.n < 0n ? -value.n : value.n;
  const whole = n / value.d;
  let rest = n % value.d;
  let digits = "";
  const wholeDigits = whole === 0n ? 0 : whole.toString().length;
  while (rest !== 0n && digits.length < DIGITS_MAX) {
    rest *= 10n;
    digits += (rest / value.d).toString();
    rest %= value.d;
  }
  const exact = rest === 0n;
  if (!exact) {
    const kept = Math.max(2, 30 - wholeDigits);
    const rounded = decimalText(round({ n, d: value.d }, kept)).text;
    return { text: sign + rounded, exact };
  }
  return { text: `${sign}${whole}${digits === "" ? "" : `.${digits}`}`, exact };
}

export const toNumber = (value: Rational): number => {
  const shift = BigInt(
    Math.max(0, Math.max(bits({ n: value.n, d: 1n }), bits({ n: value.d, d: 1n })) - 1000),
  );
  return Number(value.n >> shift) / Number(value.d >> shift);
};

/** A decimal number as written: 12, 0.5, 1e-3. */
export function fromDecimal(text: string): Rational {
  const [mantissa = "0", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const power = Number(exponent) - fraction.length;
  if (Math.abs(power) > 5000 || mantissa.length > 5000) throw tooLarge();
  const n = BigInt(`${whole}${fraction}` || "0");
  return power >= 0 ? rational(n * 10n ** BigInt(power)) : rational(n, 10n ** BigInt(-power));
}

const bits = ({ n, d }: Rational): number =>
  Math.max((n < 0n ? -n : n).toString(16).length, d.toString(16).length) * 4 - 3;

function bounded(value: Rational): Rational {
  if (bits(value) > BITS_MAX) throw tooLarge();
  return value;
}

const tooLarge = (): FieldworkError =>
  new FieldworkError("too_large", "The number is too large to be calculated exactly.", {
    remedy: "Use smaller numbers, or approximate with a decimal exponent such as 2^0.5.",
  });

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
