import { type ErrorCode, FieldworkError, type JsonObject, type JsonValue } from "#contract";
import { asText, isObject } from "../dialect/parts.ts";
import { classify, type ProviderWords } from "./classify.ts";

const TEXT_MAX_CHARS = 500;

/** Where the remedy of the code speaks of Fieldwork's own things. */
const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  invalid_input: "The provider refuses the request; correct what it names.",
  not_found:
    "Check the model's name with `fw model list`, and what the provider has with `fw model catalogue`.",
};

/** The failure in a body or an event; `undefined` where it is none. */
export function providerError(body: JsonObject, status: number): FieldworkError | undefined {
  const isError = body.error !== undefined && body.error !== null && body.error !== false;
  if (!isError && body.type !== "error" && body.object !== "error") return undefined;
  const words = wordsOf(body);
  return failureOf(words, status === 200 ? (words.status ?? statusByType(words)) : status);
}

/** A failure as an error with a code, what the provider said, and whether it is worth trying again. */
export function failureOf(words: ProviderWords, status: number, retry_ms = words.retry_ms): FieldworkError {
  const { code, again } = classify(words, status, retry_ms);
  const said = words.text.replaceAll(/\s+/g, " ").trim().slice(0, TEXT_MAX_CHARS);
  return new FieldworkError(
    code,
    said === "" ? `The provider answered with status ${status}.` : asSentence(said),
    {
      ...(REMEDIES[code] === undefined ? {} : { remedy: REMEDIES[code] }),
      details: {
        status,
        again,
        ...(words.code || words.type ? { provider_code: words.code || words.type } : {}),
        ...(retry_ms === undefined ? {} : { retry_after_ms: retry_ms }),
      },
    },
  );
}

/** `{error: {message, type, code}}`, `{error: "…"}`, `{message}`, `{detail}`, `[{error}]` and plain text. */
export function wordsOf(body: unknown): ProviderWords {
  const whole = Array.isArray(body) ? body[0] : body;
  if (!isObject(whole))
    return { type: "", code: "", text: asText(whole), status: undefined, retry_ms: undefined };
  const inner = isObject(whole.error) ? whole.error : whole;
  const deeper = isObject(inner.innererror) ? asText(inner.innererror.code) : "";
  const metadata = isObject(inner.metadata) ? asText(inner.metadata.raw) : "";
  const text =
    [asText(whole.error), asText(inner.message), detailText(inner.detail), metadata].find(Boolean) ?? "";
  const number = [inner.code, inner.status, whole.status].find((one) => typeof one === "number") as
    | number
    | undefined;
  return {
    type: asText(inner.type) || asText(inner.status),
    code: [asText(inner.code), deeper].filter(Boolean).join(" "),
    text,
    status: number !== undefined && number >= 400 && number < 600 ? number : undefined,
    retry_ms: retryInfo(inner.details),
  };
}

function detailText(detail: JsonValue | undefined): string {
  if (typeof detail === "string") return detail;
  return detail === undefined || detail === null ? "" : JSON.stringify(detail);
}

/** Google's `RetryInfo` among the details: `{"retryDelay": "12s"}`. */
function retryInfo(details: JsonValue | undefined): number | undefined {
  if (!Array.isArray(details)) return undefined;
  for (const one of details as JsonValue[]) {
    const seconds = isObject(one) ? /^([\d.]+)s$/.exec(asText(one.retryDelay))?.[1] : undefined;
    if (seconds !== undefined) return Math.round(Number(seconds) * 1000);
  }
  return undefined;
}

const STATUS_OF_TYPE: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  overloaded_error: 529,
};
/** An error inside a stream has no status of its own; what is not known is taken for the server's. */
const statusByType = ({ type }: ProviderWords): number => STATUS_OF_TYPE[type] ?? 500;

/** What follows it is read as a sentence of its own: some providers end theirs with nothing. */
const asSentence = (said: string): string => (/[\p{L}\p{N}]$/u.test(said) ? `${said}.` : said);
