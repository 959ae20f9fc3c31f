import type { LlmRequest } from "#contract";
import { thinkingTokens } from "../dialect/thinking.ts";
import type { Gateway } from "../gateway.ts";
import type { Model } from "../model/model.ts";
import type { Reservation } from "./ledger.ts";
import { limitsOf } from "./limits.ts";

/** Output that is reserved, and the limit that is sent where one is needed, when the caller sets none. */
const OUTPUT_TOKENS = 8192;
const OUTPUT_MIN_TOKENS = 256;

/** A call whose budget is to be held back. */
export interface Reserving {
  readonly gateway: Gateway;
  readonly agent: string;
  readonly request: LlmRequest;
  readonly input_tokens: number;
}

/** Where the window is known, no more than what is left of it: some servers refuse what would not fit. */
function outputTokens({ context_tokens }: Model, request: LlmRequest, input_tokens: number): number {
  const usual = OUTPUT_TOKENS + thinkingTokens(request.thinking);
  if (context_tokens === null) return usual;
  return Math.max(OUTPUT_MIN_TOKENS, Math.min(usual, context_tokens - input_tokens));
}

/** Holds back what the call may use at most. What costs nothing and is no model needs nothing held back. */
export function reserve(
  model: Model,
  { gateway, agent, request, input_tokens }: Reserving,
): { readonly reservation: Reservation | undefined; readonly max_tokens: number | undefined } {
  if (model.dialect === "builtin") return { reservation: undefined, max_tokens: request.max_tokens };
  const limits = limitsOf(agent, gateway.host);
  const { needs_max_tokens, cache_price } = gateway.providers[model.dialect];
  const output = request.max_tokens ?? outputTokens(model, request, input_tokens);
  const dearest = Math.max(1, cache_price.write);
  const reservation = gateway.ledger.reserve(
    agent,
    model.name,
    {
      input_tokens,
      output_tokens: output,
      flexible: request.max_tokens === undefined,
      input_usd: (input_tokens * (model.input_usd ?? 0) * dearest) / 1e6,
      usd_per_output_token: (model.output_usd ?? 0) / 1e6,
    },
    limits,
  );
  const limited = limits.day_usd !== null || limits.day_tokens !== null;
  return {
    reservation,
    max_tokens: request.max_tokens ?? (limited || needs_max_tokens ? reservation.output_tokens : undefined),
  };
}
