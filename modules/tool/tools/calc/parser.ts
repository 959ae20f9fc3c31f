import { FieldworkError } from "#contract";
import { CONSTANTS, FUNCTIONS, factorial, near, numberOf, type Value } from "./functions.ts";
import {
  add,
  divide,
  floor,
  fromDecimal,
  isWhole,
  multiply,
  power,
  type Rational,
  rational,
  subtract,
} from "./rational.ts";
import { type Token, tokensOf, unexpected } from "./tokens.ts";

const DEPTH_MAX = 100;
const HUNDRED = rational(100n);

/**
 * The value of an arithmetic expression. Grammar, from weak to strong: `+ -`, `* / %`, sign, `^` (from the right), `!` and `%`
 * behind a value, then numbers, names, functions and brackets. A `%` with an operand behind it is the remainder, otherwise
 * percent; `a + b%` adds b percent of a.
 * @throws FieldworkError `invalid_input`, `too_large`
 */
export function evaluate(expression: string, names: Readonly<Record<string, number>>): Value {
  const tokens = tokensOf(expression);
  let at = 0;
  let depth = 0;

  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const isMark = (text: string, ahead = 0) => peek(ahead)?.kind === "mark" && peek(ahead)?.text === text;
  const wrong = () => unexpected(expression, peek()?.at ?? expression.length);
  const take = (text: string): boolean => {
    if (!isMark(text)) return false;
    at++;
    return true;
  };
  const must = (text: string) => {
    if (!take(text)) throw wrong();
  };
  /** Does a value begin here? Then a `%` before it is the remainder. */
  const valueBegins = (ahead: number) => {
    const token = peek(ahead);
    return token !== undefined && (token.kind !== "mark" || token.text === "(" || token.text === "√");
  };

  const sum = (): Value => {
    if (++depth > DEPTH_MAX) throw new FieldworkError("too_large", "The expression is nested too deeply.");
    let left = product();
    for (;;) {
      const sign = isMark("+") ? "+" : isMark("-") ? "-" : undefined;
      if (sign === undefined) break;
      at++;
      const start = at;
      const right = product();
      const share =
        at - start === 2 && isMark("%", -1) && peek(-2)?.kind === "number" ? times(left, right) : right;
      left = sign === "+" ? plus(left, share) : plus(left, negative(share));
    }
    depth--;
    return left;
  };
  const product = (): Value => {
    let left = signed();
    for (;;) {
      if (take("*")) left = times(left, signed());
      else if (take("/")) left = over(left, signed());
      else if (isMark("%") && valueBegins(1)) {
        at++;
        left = remainder(left, signed());
      } else return left;
    }
  };
  const signed = (): Value => {
    let minus = false;
    while (isMark("-") || isMark("+")) {
      if (isMark("-")) minus = !minus;
      at++;
    }
    const value = raised();
    return minus ? negative(value) : value;
  };
  const raised = (): Value => {
    const base = behind();
    if (!take("^")) return base;
    if (++depth > DEPTH_MAX) throw new FieldworkError("too_large", "The expression is nested too deeply.");
    const exponent = signed();
    depth--;
    return toPower(base, exponent);
  };
  const behind = (): Value => {
    let value = single();
    for (;;) {
      if (take("!")) value = factorial(value);
      else if (isMark("%") && !valueBegins(1)) {
        at++;
        value = over(value, { exact: HUNDRED });
      } else return value;
    }
  };
  const single = (): Value => {
    const token = peek();
    if (!token) throw wrong();
    at++;
    if (token.kind === "number") return { exact: fromDecimal(token.text) };
    if (token.kind === "name") return named(token);
    if (token.text === "√") return call("sqrt", [single()]);
    if (token.text === "(") {
      const value = sum();
      must(")");
      return value;
    }
    at--;
    throw wrong();
  };
  const named = ({ text, at: position }: Token): Value => {
    if (Object.hasOwn(names, text)) return { exact: fromDecimal(plainDecimal(names[text] as number)) };
    if (Object.hasOwn(FUNCTIONS, text)) {
      must("(");
      const values = [sum()];
      while (take(",")) values.push(sum());
      must(")");
      return call(text, values);
    }
    if (Object.hasOwn(CONSTANTS, text)) return CONSTANTS[text] as Value;
    throw new FieldworkError(
      "invalid_input",
      `"${text.slice(0, 40)}" at position ${position + 1} is not known.`,
      {
        remedy: `Known are ${Object.keys(FUNCTIONS).join(", ")}, pi, e, and the names given in variables.`,
      },
    );
  };

  const value = sum();
  if (at < tokens.length) throw wrong();
  return value;
}

function call(name: string, values: readonly Value[]): Value {
  const fn = FUNCTIONS[name];
  if (!fn || values.length < fn.least || values.length > fn.most)
    throw new FieldworkError(
      "invalid_input",
      `${name} takes ${fn?.least}${fn?.most === fn?.least ? "" : ` to ${fn?.most}`} values.`,
    );
  return fn.run(values);
}

const both = (
  a: Value,
  b: Value,
  exact: (a: Rational, b: Rational) => Rational,
  approximate: (a: number, b: number) => number,
): Value =>
  "exact" in a && "exact" in b
    ? { exact: exact(a.exact, b.exact) }
    : near(approximate(numberOf(a), numberOf(b)));

const plus = (a: Value, b: Value): Value => both(a, b, add, (x, y) => x + y);
const times = (a: Value, b: Value): Value => both(a, b, multiply, (x, y) => x * y);
const over = (a: Value, b: Value): Value => {
  if (numberOf(b) === 0 && !("exact" in b)) throw new FieldworkError("invalid_input", "Division by zero.");
  return both(a, b, divide, (x, y) => x / y);
};
const negative = (a: Value): Value => times(a, { exact: rational(-1n) });

/** With the sign of the divisor, as in mathematics. */
const remainder = (a: Value, b: Value): Value =>
  both(
    a,
    b,
    (x, y) => subtract(x, multiply(y, rational(floor(divide(x, y))))),
    (x, y) => x - y * Math.floor(x / y),
  );

function toPower(base: Value, exponent: Value): Value {
  if ("exact" in base && "exact" in exponent && isWhole(exponent.exact))
    return { exact: power(base.exact, exponent.exact.n) };
  return near(numberOf(base) ** numberOf(exponent));
}

/** A number as decimal text that {@link fromDecimal} reads; its sign is put before. */
function plainDecimal(x: number): string {
  if (!Number.isFinite(x)) throw new FieldworkError("invalid_input", "A variable is not a number.");
  return String(x);
}
