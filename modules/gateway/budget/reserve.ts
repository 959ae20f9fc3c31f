import { FieldworkError, type LlmRequest } from "#contract";
import { thinkingTokens } from "../dialect/thinking.ts";
import type { Gateway } from "../gateway.ts";
import type { Model } from "../model/model.ts";
import type { Reservation } from "./ledger.ts";
import { limitsOf } from "./limits.ts";

/** Output that is reserved, and the limit that is sent where one is needed, when the caller sets none. */
const OUTPUT_TOKENS = 8192;
/** Less than this is no answer. */
const LEAST_OUTPUT = 256;

/** A call whose budget is to be held back. */
export interface Reserving {
  readonly gateway: Gateway;
  readonly agent: string;
  readonly request: LlmRequest;
  readonly input_tokens: number;
  /** What earlier attempts of the same call cost, in US dollars. */
  readonly spent_usd: number;
}

/** Where the window is known, no more than what is left of it: some servers refuse what would not fit. */
function outputTokens({ context_tokens }: Model, request: LlmRequest, input_tokens: number): number {
  const usual = OUTPUT_TOKENS + thinkingTokens(request.thinking);
  if (context_tokens === null) return usual;
  return Math.max(LEAST_OUTPUT, Math.min(usual, context_tokens - input_tokens));
}

/** Holds back what the call may use at most. What costs nothing and is no model needs nothing held back. */
export function reserve(
  model: Model,
  { gateway, agent, request, input_tokens, spent_usd }: Reserving,
): { readonly reservation: Reservation | undefined; readonly max_tokens: number | undefined } {
  if (model.dialect === "builtin") return { reservation: undefined, max_tokens: request.max_tokens };
  const limits = limitsOf(agent, gateway.host);
  const { needs_max_tokens, cache_price } = gateway.providers[model.dialect];
  const dearest = Math.max(1, cache_price.write);
  const input_usd = (input_tokens * (model.input_usd ?? 0) * dearest) / 1e6;
  const wanted = request.max_tokens ?? outputTokens(model, request, input_tokens);
  const left = request.max_usd === undefined ? undefined : request.max_usd - spent_usd - input_usd;
  const output = left === undefined ? wanted : outputWithin(left, wanted, model, request);
  const reservation = gateway.ledger.reserve(
    agent,
    model.name,
    {
      input_tokens,
      output_tokens: output,
      flexible: request.max_tokens === undefined,
      input_usd,
      usd_per_output_token: (model.output_usd ?? 0) / 1e6,
    },
    limits,
  );
  const limited = left !== undefined || limits.day_usd !== null || limits.day_tokens !== null;
  return {
    reservation,
    max_tokens: request.max_tokens ?? (limited || needs_max_tokens ? reservation.output_tokens : undefined),
  };
}

/**
 * The output that an amount of money pays for, `wanted` at most.
 * @throws FieldworkError `budget_exhausted` where it pays for less than is asked, or for no answer, or the price is not known
 */
function outputWithin(
  left_usd: number,
  wanted: number,
  model: Model,
  { max_usd, max_tokens }: LlmRequest,
): number {
  const refused = (message: string, remedy: string) =>
    new FieldworkError("budget_exhausted", message, { remedy, details: { model: model.name } });
  if (model.input_usd === null || model.output_usd === null)
    throw refused(
      `The price of ${model.name} is not known, so it cannot be kept within ${max_usd} US dollars.`,
      "Say it with `fw model add … --price-in --price-out`; 0 for a model of your own.",
    );
  const paid =
    left_usd < 0 ? 0 : model.output_usd === 0 ? wanted : Math.floor((left_usd * 1e6) / model.output_usd);
  if (paid < Math.min(wanted, max_tokens ?? LEAST_OUTPUT))
    throw refused(
      `${model.name} could cost more than the ${max_usd} US dollars that this call may cost.`,
      "Allow more, or ask a cheaper model.",
    );
  return Math.min(wanted, paid);
}
