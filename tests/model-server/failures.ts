import type { ModelFailure } from "./script.ts";

const status = (
  code: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ModelFailure => ({
  kind: "status",
  status: code,
  body,
  headers,
});
const openai = (message: string, type: string, code: string | null = null) => ({
  error: { message, type, param: null, code },
});
const anthropic = (type: string, message: string) => ({ type: "error", error: { type, message } });

/** Failures as vendors and local servers document and word them, by what they mean. */
export const FAILURES = {
  auth_openai: status(401, openai("Incorrect API key provided.", "invalid_request_error", "invalid_api_key")),
  auth_anthropic: status(401, anthropic("authentication_error", "invalid x-api-key")),
  permission_anthropic: status(403, anthropic("permission_error", "Your key may not use this resource.")),
  quota_openai: status(
    429,
    openai("You exceeded your current quota.", "insufficient_quota", "insufficient_quota"),
  ),
  quota_anthropic: status(
    400,
    anthropic("invalid_request_error", "Your credit balance is too low to access the API."),
  ),
  quota_deepseek: status(402, openai("Insufficient Balance", "unknown_error", "invalid_request_error")),
  rate_openai: status(429, openai("Rate limit reached for requests", "requests", "rate_limit_exceeded"), {
    "retry-after": "1",
  }),
  rate_anthropic: status(429, anthropic("rate_limit_error", "Number of requests has exceeded your limit."), {
    "retry-after": "1",
  }),
  rate_long: status(429, openai("Rate limit reached", "requests", "rate_limit_exceeded"), {
    "retry-after": "90",
  }),
  too_large_per_minute: status(
    413,
    openai(
      "Request too large for model on tokens per minute (TPM): Limit 6000",
      "tokens",
      "rate_limit_exceeded",
    ),
  ),
  server_error: status(500, openai("The server had an error", "server_error")),
  bad_gateway: status(502, "<html><body>502 Bad Gateway</body></html>"),
  overloaded_anthropic: status(529, anthropic("overloaded_error", "Overloaded")),
  loading_llamacpp: status(503, {
    error: { code: 503, message: "Loading model", type: "unavailable_error" },
  }),
  context_openai: status(
    400,
    openai(
      "This model's maximum context length is 8192 tokens.",
      "invalid_request_error",
      "context_length_exceeded",
    ),
  ),
  context_anthropic: status(
    400,
    anthropic("invalid_request_error", "prompt is too long: 213000 tokens > 200000 maximum"),
  ),
  context_anthropic_sum: status(
    400,
    anthropic(
      "invalid_request_error",
      "input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000",
    ),
  ),
  context_llamacpp: status(400, {
    error: {
      code: 400,
      message: "the request exceeds the available context size, try increasing it",
      type: "exceed_context_size_error",
      n_prompt_tokens: 9000,
      n_ctx: 4096,
    },
  }),
  context_gemini: status(400, [
    {
      error: {
        code: 400,
        message: "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        status: "INVALID_ARGUMENT",
      },
    },
  ]),
  context_vllm: status(400, {
    object: "error",
    message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
    type: "BadRequestError",
    code: 400,
  }),
  context_mistral: status(400, {
    object: "error",
    message:
      "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length",
    type: "invalid_request_prompt",
    code: "3051",
  }),
  context_xai: status(400, {
    code: "Client specified an invalid argument",
    error: "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
  }),
  refused_openai: status(
    400,
    openai(
      "Your prompt was flagged by our content policy.",
      "invalid_request_error",
      "content_policy_violation",
    ),
  ),
  refused_azure: status(400, {
    error: {
      code: "content_filter",
      message: "The response was filtered",
      innererror: { code: "ResponsibleAIPolicyViolation" },
    },
  }),
  missing_ollama: status(404, openai('model "llama9" not found, try pulling it first', "api_error")),
  missing_path: status(404, "404 page not found"),
  bad_request: status(
    400,
    openai("Invalid value for 'temperature'.", "invalid_request_error", "invalid_value"),
  ),
} as const satisfies Readonly<Record<string, ModelFailure>>;
