import type { LlmUsage } from "#contract";

/** US dollars per million tokens. */
export interface Prices {
  readonly input_usd: number | null;
  readonly output_usd: number | null;
  readonly cache_read_usd: number | null;
  readonly cache_write_usd: number | null;
}

/**
 * What a use costs in US dollars; `null` where a price is not known.
 * @param shares prices of cached input as shares of the price of input, where they are not configured
 */
export function costOf(
  usage: LlmUsage,
  prices: Prices,
  shares: { readonly read: number; readonly write: number },
): number | null {
  const { input_usd: input, output_usd: output } = prices;
  if (input === null || output === null) return null;
  const { cache_read_tokens: read, cache_write_tokens: write } = usage;
  const fresh = Math.max(0, usage.input_tokens - read - write);
  const total =
    fresh * input +
    read * (prices.cache_read_usd ?? input * shares.read) +
    write * (prices.cache_write_usd ?? input * shares.write) +
    usage.output_tokens * output;
  return total / 1e6;
}
