import { ERRORS, type ErrorCode, type ErrorData, FieldworkError, type JsonValue } from "#contract";

/** An error in the shape of OpenAI's API. */
export interface ApiError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: {
    readonly error: {
      readonly message: string;
      readonly type: string;
      readonly param: string | null;
      readonly code: string | null;
    };
  };
}

interface Face {
  readonly status?: number;
  readonly type: string;
  readonly code: string;
}

/** The names that programs written for OpenAI's API know. */
const FACES: Readonly<Partial<Record<ErrorCode, Face>>> = {
  invalid_input: { type: "invalid_request_error", code: "invalid_value" },
  too_large: { type: "invalid_request_error", code: "too_large" },
  unauthenticated: { type: "invalid_request_error", code: "invalid_api_key" },
  denied: { type: "invalid_request_error", code: "denied" },
  not_found: { type: "invalid_request_error", code: "model_not_found" },
  rate_limited: { type: "rate_limit_error", code: "rate_limit_exceeded" },
  budget_exhausted: { status: 429, type: "insufficient_quota", code: "insufficient_quota" },
  model_quota: { status: 429, type: "insufficient_quota", code: "insufficient_quota" },
  model_context_overflow: { status: 400, type: "invalid_request_error", code: "context_length_exceeded" },
  model_content_refused: { status: 400, type: "invalid_request_error", code: "content_policy_violation" },
  model_overloaded: { type: "server_error", code: "overloaded" },
};
const UNKNOWN_URL: Face = { type: "invalid_request_error", code: "unknown_url" };
/** Trying these again at once leads nowhere, whatever their status suggests to a client. */
const FINAL: ReadonlySet<ErrorCode> = new Set(["budget_exhausted", "model_quota", "model_auth"]);

export function apiError({ code, message, remedy, details }: ErrorData): ApiError {
  const more = (typeof details === "object" && details !== null ? details : {}) as Readonly<
    Record<string, JsonValue>
  >;
  const face = more.param === "url" ? UNKNOWN_URL : (FACES[code] ?? { type: "server_error", code });
  const limited = code === "model_overloaded" && more.status === 429;
  const wait = more.retry_after_ms;
  return {
    status: limited ? 429 : (face.status ?? ERRORS[code].status),
    headers: {
      ...(typeof wait === "number" ? { "retry-after": String(Math.ceil(wait / 1000)) } : {}),
      ...(FINAL.has(code) ? { "x-should-retry": "false" } : {}),
      ...(code === "unauthenticated" ? { "www-authenticate": 'Bearer realm="fieldwork"' } : {}),
    },
    body: {
      error: {
        message: sentences(message, remedy),
        type: limited ? "rate_limit_error" : face.type,
        param: typeof more.param === "string" ? more.param : null,
        code: limited ? "rate_limit_exceeded" : face.code,
      },
    },
  };
}

/** Providers end what they say as they like. */
const sentences = (...said: readonly string[]): string =>
  said.map((one) => (/[\p{L}\p{N})"'`]$/u.test(one) ? `${one}.` : one)).join(" ");

/** A field of the request that cannot be. */
export const invalidRequest = (message: string, param: string): FieldworkError =>
  new FieldworkError("invalid_input", message, { remedy: `Correct ${param}.`, details: { param } });
