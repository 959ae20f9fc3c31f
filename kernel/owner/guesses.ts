import { FieldworkError } from "#contract";

/** Tries of a password that are slowed down together, since the last that was right. */
export interface Guesses {
  /** Counts as wrong until it is said to be right. @throws FieldworkError `rate_limited` with `retry_after_ms` */
  begin(): { right(): void };
}

const FREE = 5;
const LONGEST_MS = 60_000;

/** After five wrong ones there is a wait, which doubles with each further one up to a minute. */
export function createGuesses(now: () => number): Guesses {
  let wrong = 0;
  let lastAt = 0;
  return {
    begin() {
      const wait = wrong < FREE ? 0 : Math.min(LONGEST_MS, 1000 * 2 ** Math.min(wrong - FREE, 20));
      // A clock that was set back must not make it longer.
      const left = Math.min(wait, lastAt + wait - now());
      if (left > 0)
        throw new FieldworkError("rate_limited", "The password was tried too often.", {
          details: { retry_after_ms: Math.ceil(left) },
        });
      wrong++;
      lastAt = now();
      return {
        right() {
          wrong = 0;
        },
      };
    },
  };
}
