import { FieldworkError } from "#contract";
import { expression } from "./expression.ts";

export interface ReplaceJob {
  readonly text: string;
  readonly pattern: string;
  /** `$1`, `$<name>` and `$&` stand for what was found. */
  readonly replacement: string;
  readonly ignoreCase: boolean;
  readonly all: boolean;
}

const RESULT_MAX_CHARS = 16_777_216;

/** Replaces what a regular expression finds, with `^` and `$` at each line. */
export function replace({ text, pattern, replacement, ignoreCase, all }: ReplaceJob): {
  readonly text: string;
  readonly count: number;
} {
  const wanted = expression(pattern, `${all ? "g" : ""}m${ignoreCase ? "i" : ""}u`);
  let count = 0;
  for (const _ of all ? text.matchAll(wanted) : [text.match(wanted)].filter((one) => one !== null)) count++;
  if (count * replacement.length + text.length > RESULT_MAX_CHARS)
    throw new FieldworkError("too_large", "The text would become too long.");
  return { text: text.replace(wanted, replacement), count };
}
