import type { ErrorCode } from "#contract";

/** What a provider says of a failure, whatever shape it has there. */
export interface ProviderWords {
  readonly type: string;
  readonly code: string;
  readonly text: string;
  /** A status that stands in the body. */
  readonly status: number | undefined;
  readonly retry_ms: number | undefined;
}

interface Class {
  readonly code: ErrorCode;
  /** May the same request succeed a moment later? */
  readonly again: boolean;
}

/** The conversation is too long, as OpenAI, Anthropic, Google, Mistral, xAI, vLLM, llama.cpp, LM Studio and others word it. */
const OVERFLOW =
  /context_length_exceeded|exceed_context_size|maximum context length|maximum prompt length|maximum model length|prompt is too long|prompt too long|input is too long|exceeds? (the )?(model'?s? |available )?context|exceed context limit|context (window|length|size)( is)? (exceeded|of only|overflow)|exceeds the maximum number of tokens|maximum context window|larger than the (maximum )?context|too large for model with|context the overflows|reduce the length of the (messages|prompt|input)|request_too_large|inputs?` tokens \+ /i;
const QUOTA =
  /insufficient_quota|credit balance is too low|insufficient (balance|credits|funds)|billing_(hard_limit|error|not_active)|exceeded your current quota|out of credits|quota exceeded|payment required/i;
const REFUSED =
  /content_filter|content_policy|responsibleaipolicy|moderation|content management policy|flagged (by|for|as)|prohibited_content|safety system/i;
const RATE =
  /rate[_ ]limit|too many requests|tokens per (minute|day)|requests per (minute|day)|resource_exhausted/i;
const AUTH =
  /invalid_api_key|authentication_error|permission_error|api key not valid|incorrect api key|unauthorized/i;
const OVERLOADED = /overloaded|server_error|temporarily unavailable|capacity|loading model|try again later/i;

/** What a failure means, by the provider's own codes and words first, and then by its status. */
export function classify({ type, code, text }: ProviderWords, status: number, retry_ms?: number): Class {
  const named = `${type} ${code}`;
  const all = `${named} ${text}`;
  const is = (words: RegExp) => words.test(all);
  if (status < 500 && !RATE.test(all) && is(OVERFLOW))
    return { code: "model_context_overflow", again: false };
  if (/insufficient_quota|billing_/.test(named)) return { code: "model_quota", again: false };
  // Some vendors say "quota" of a limit that is over in a moment; then they say when.
  if (status === 402 || (status < 500 && retry_ms === undefined && is(QUOTA)))
    return { code: "model_quota", again: false };
  if (status === 429) return { code: "model_overloaded", again: true };
  if (status < 500 && is(REFUSED)) return { code: "model_content_refused", again: false };
  if (status < 500 && is(RATE)) return { code: "model_overloaded", again: true };
  if (status === 401 || status === 403 || (status === 400 && is(AUTH)))
    return { code: "model_auth", again: false };
  if (status === 413) return { code: "model_context_overflow", again: false };
  if (status === 404) return { code: "not_found", again: false };
  if (status === 408 || status === 409 || status === 425 || status >= 500 || OVERLOADED.test(named))
    return { code: "model_overloaded", again: status !== 501 && status !== 505 };
  if (status >= 300 && status < 400) return { code: "model_unreachable", again: false };
  return { code: "invalid_input", again: false };
}
