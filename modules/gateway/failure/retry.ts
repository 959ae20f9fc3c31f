import type { FieldworkError } from "#contract";

/** Milliseconds that one call waits between attempts, all together: nobody is held for long. */
export const WAIT_MAX_MS = 20_000;
const FIRST_MS = 400;
const LONGEST_MS = 8_000;
/** On the last candidate, and on one that has another behind it. */
const ATTEMPTS_LAST = 4;
const ATTEMPTS = 2;

export interface Patience {
  /** How long to wait before the same is tried again; `undefined`: not at all. */
  wait(error: FieldworkError, attempt: number, last: boolean): number | undefined;
}

/**
 * How long to wait after a failure: exponential with full jitter, or as long as the provider says, as far as the patience of the
 * one call reaches. @param random gives 0 ≤ x < 1
 */
export function createPatience(random: () => number = Math.random): Patience {
  let left = WAIT_MAX_MS;
  return {
    wait(error, attempt, last) {
      if (!mayTryAgain(error) || attempt + 1 >= (last ? ATTEMPTS_LAST : ATTEMPTS)) return undefined;
      const told = retryAfter(error);
      const jittered = random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
      // All who were told the same moment must not come at the same moment.
      const wait = told === undefined ? jittered : told + random() * Math.min(1000, told / 10);
      if (wait > left) return undefined;
      left -= wait;
      return wait;
    },
  };
}

const detail = (error: FieldworkError, key: string): unknown =>
  typeof error.details === "object" && error.details !== null && key in error.details
    ? (error.details as Readonly<Record<string, unknown>>)[key]
    : undefined;

const mayTryAgain = (error: FieldworkError): boolean => detail(error, "again") === true;

export function retryAfter(error: FieldworkError): number | undefined {
  const told = detail(error, "retry_after_ms");
  return typeof told === "number" ? told : undefined;
}

/** Milliseconds from `Retry-After` (RFC 9110 §10.2.3, seconds or a date) or the finer `retry-after-ms`. */
export function parseRetryAfter(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  now: number,
): number | undefined {
  const fine = Number(headers["retry-after-ms"] ?? Number.NaN);
  if (Number.isFinite(fine) && fine >= 0) return Math.round(fine);
  const text = headers["retry-after"];
  if (typeof text !== "string" || text === "") return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, Math.round(seconds * 1000));
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
