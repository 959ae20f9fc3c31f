import { FieldworkError } from "#contract";

export type Token =
  | { readonly kind: "number"; readonly text: string; readonly at: number }
  | { readonly kind: "name"; readonly text: string; readonly at: number }
  | { readonly kind: "mark"; readonly text: string; readonly at: number };

const TOKEN =
  /\s*(?:(\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}][\p{L}\d_]*)|(\*\*|[-+*/^%!(),×÷·−√]))/uy;
const SAME: Readonly<Record<string, string>> = { "**": "^", "×": "*", "·": "*", "÷": "/", "−": "-" };

/** @throws FieldworkError `invalid_input` at what is no part of an expression */
export function tokensOf(expression: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = expression.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(expression);
    if (!found) throw unexpected(expression, at);
    const [, number, name, mark] = found;
    if (number !== undefined) tokens.push({ kind: "number", text: number.replaceAll("_", ""), at });
    else if (name !== undefined) tokens.push({ kind: "name", text: name.toLowerCase(), at });
    else if (mark !== undefined) tokens.push({ kind: "mark", text: SAME[mark] ?? mark, at });
  }
  return tokens;
}

export function unexpected(expression: string, at: number): FieldworkError {
  const rest = expression.slice(at).trim();
  const what = rest === "" ? "The expression ends too early" : `"${rest.slice(0, 20)}" was not expected`;
  return new FieldworkError("invalid_input", `${what} (position ${at + 1}).`, {
    remedy: "Write it as (12.5 + 7) * 3 / sqrt(2); numbers with a point and without group separators.",
  });
}
