import { FieldworkError } from "#contract";

const REPORTED = 100;

/** Collects what is wrong with a pack, so that its author sees everything at once. */
export interface Problems {
  add(problem: string): void;
  /** A limit of `PACK_LIMITS` that was passed; makes the error `too_large`. */
  limit(problem: string): void;
  /** @throws FieldworkError `module_invalid` or `too_large`, the first 100 problems in `details.problems`. */
  throwIfAny(): void;
}

export function collectProblems(): Problems {
  const found: string[] = [];
  let count = 0;
  let passedLimit = false;
  const add = (problem: string): void => {
    count++;
    if (found.length < REPORTED) found.push(problem);
  };
  return {
    add,
    limit(problem) {
      passedLimit = true;
      add(problem);
    },
    throwIfAny() {
      if (count > 0) throw refusal(passedLimit ? "too_large" : "module_invalid", found, count);
    },
  };
}

/** The refusal for a single problem after which nothing further can be read. */
export function refused(code: "module_invalid" | "too_large", problem: string): FieldworkError {
  return refusal(code, [problem], 1);
}

/** Text from a pack as it may stand in a message: quoted, control characters escaped, not longer than a line. */
export function quoted(text: string): string {
  const safe = JSON.stringify(text).replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return safe.length > 200 ? `${safe.slice(0, 197)}…"` : safe;
}

function refusal(
  code: "module_invalid" | "too_large",
  problems: readonly string[],
  count: number,
): FieldworkError {
  const rest = count > 1 ? ` (and ${count - 1} more)` : "";
  return new FieldworkError(code, `The pack is refused: ${problems[0]}${rest}`, { details: { problems } });
}
