import { type Caller, FieldworkError } from "#contract";

interface Bucket {
  tokens: number;
  at: number;
}

export interface RateLimits {
  /** @throws FieldworkError `rate_limited` with `retry_after_ms`. */
  take(caller: Caller): void;
}

/** A token bucket for each module; people and built-in modules are not limited here. */
export function createRateLimits(
  rate: () => { readonly perSecond: number; readonly burst: number },
  now: () => number,
): RateLimits {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller) {
      if (caller.tier !== "guest") return;
      const { perSecond, burst } = rate();
      const at = now();
      const bucket = buckets.getOrInsertComputed(caller.id, () => ({ tokens: burst, at }));
      const passed = Math.max(0, at - bucket.at);
      bucket.tokens = Math.min(burst, bucket.tokens + (passed * perSecond) / 1000);
      bucket.at = at;
      if (bucket.tokens < 1) {
        const retry = Math.ceil(((1 - bucket.tokens) * 1000) / perSecond);
        throw new FieldworkError(
          "rate_limited",
          `${caller.id} calls more than ${perSecond} times a second.`,
          {
            details: { retry_after_ms: retry },
          },
        );
      }
      bucket.tokens--;
    },
  };
}
