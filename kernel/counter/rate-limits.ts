import { type Caller, FieldworkError } from "#contract";

interface Bucket {
  tokens: number;
  at: number;
  refusing: boolean;
}

export interface Refusal {
  /** `rate_limited`, with `retry_after_ms`. */
  readonly error: FieldworkError;
  /** The first in a row: only that is worth a line in the journal. */
  readonly first: boolean;
}

export interface RateLimits {
  take(caller: Caller): Refusal | undefined;
}

/** A token bucket for each module; people and built-in modules are not limited here. */
export function createRateLimits(
  rate: () => { readonly perSecond: number; readonly burst: number },
  now: () => number,
): RateLimits {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller) {
      if (caller.tier !== "guest") return undefined;
      const { perSecond, burst } = rate();
      const at = now();
      const bucket = buckets.getOrInsertComputed(caller.id, () => ({ tokens: burst, at, refusing: false }));
      const passed = Math.max(0, at - bucket.at);
      bucket.tokens = Math.min(burst, bucket.tokens + (passed * perSecond) / 1000);
      bucket.at = at;
      if (bucket.tokens < 1) {
        const first = !bucket.refusing;
        bucket.refusing = true;
        const error = new FieldworkError(
          "rate_limited",
          `${caller.id} calls more than ${perSecond} times a second.`,
          { details: { retry_after_ms: Math.ceil(((1 - bucket.tokens) * 1000) / perSecond) } },
        );
        return { error, first };
      }
      bucket.tokens--;
      bucket.refusing = false;
      return undefined;
    },
  };
}
