import { type CatalogueModel, FieldworkError, type JsonObject, type JsonValue } from "#contract";
import { anthropic } from "../dialect/anthropic/anthropic.ts";
import { trimBase, underBase } from "../dialect/dialect.ts";
import { openai } from "../dialect/openai/openai.ts";
import { asCount, asText, isObject } from "../dialect/parts.ts";
import { refusal } from "../transport/ask.ts";
import type { Transport } from "../transport/send.ts";

const ANSWER_MS = 20_000;
const BODY_MAX_BYTES = 8 * 1024 * 1024;
const MODELS_MAX = 2000;
const PAGE_SIZE = 1000;
const TOKENS_OF_PRICE = 1_000_000;

export interface Place {
  readonly dialect: "openai" | "anthropic";
  readonly base_url: string;
  readonly key: string | undefined;
}

/**
 * Asks a provider for its models, by `GET …/models` of both protocols.
 * @throws FieldworkError `model_*`, `timeout`, `too_large`
 */
export async function listCatalogue(
  { dialect, base_url, key }: Place,
  transport: Transport,
  signal: AbortSignal,
): Promise<{ models: CatalogueModel[]; truncated: boolean }> {
  const speaks = dialect === "anthropic" ? anthropic : openai;
  const url = new URL(underBase(trimBase(base_url), "models"));
  if (dialect === "anthropic") url.searchParams.set("limit", String(PAGE_SIZE));
  const sent = await transport.send({
    url,
    method: "GET",
    headers: { ...speaks.headers(key), accept: "application/json" },
    signal,
    first_ms: ANSWER_MS,
    between_ms: ANSWER_MS,
  });
  if (sent.status < 200 || sent.status > 299) throw withoutKey(await refusal(sent, url), key);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of sent.body()) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes <= BODY_MAX_BYTES) continue;
    sent.drop();
    throw new FieldworkError("too_large", `${url.host} lists more models than can be looked at.`, {
      remedy: "Name the model yourself.",
    });
  }
  const list = listIn(Buffer.concat(pieces).toString("utf8"), url.host);
  const models = list.slice(0, MODELS_MAX).flatMap((one) => (isObject(one) ? (toModel(one) ?? []) : []));
  return {
    models: models.sort((a, b) => a.id.localeCompare(b.id, "en")),
    truncated: list.length > MODELS_MAX,
  };
}

/** A key that the provider repeats is taken out. */
function withoutKey(error: FieldworkError, key: string | undefined): FieldworkError {
  if (key === undefined || key === "" || !error.message.includes(key)) return error;
  return new FieldworkError(error.code, error.message.replaceAll(key, "[key]"), {
    remedy: error.remedy,
    action: error.action,
  });
}

/** `{data: […]}` of most, `{models: […]}` of some, and a bare list of Together. */
function listIn(text: string, host: string): readonly JsonValue[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  const list = Array.isArray(body) ? body : isObject(body) ? (body.data ?? body.models) : undefined;
  if (Array.isArray(list)) return list as JsonValue[];
  throw new FieldworkError("model_malformed", `${host} did not answer with a list of models.`, {
    remedy: "Check the address; most end in /v1. A model can be added by its name all the same.",
  });
}

function toModel(one: JsonObject): CatalogueModel | undefined {
  const id = (asText(one.id) || asText(one.name)).replace(/^models\//, "");
  if (id === "" || id.length > 256) return undefined;
  const pricing = isObject(one.pricing) ? one.pricing : {};
  const type = asText(one.type);
  return {
    id,
    name: (asText(one.display_name) || asText(one.name) || id).replace(/^models\//, "").slice(0, 256),
    context_tokens:
      asCount(one.context_length) ??
      asCount(one.context_window) ??
      asCount(one.max_context_length) ??
      asCount(one.max_model_len) ??
      asCount(one.max_input_tokens) ??
      null,
    // OpenRouter: dollars a token, as text; Together: dollars a million tokens.
    input_usd: price(pricing.prompt, TOKENS_OF_PRICE) ?? price(pricing.input, 1) ?? null,
    output_usd: price(pricing.completion, TOKENS_OF_PRICE) ?? price(pricing.output, 1) ?? null,
    embeds: type === "embedding" || type === "embeddings" || /embed|(^|[/-])(bge|gte|e5|minilm)/i.test(id),
  };
}

function price(value: JsonValue | undefined, times: number): number | undefined {
  const usd = typeof value === "string" ? Number(value) : value;
  if (typeof usd !== "number" || !Number.isFinite(usd) || usd < 0) return undefined;
  return Math.round(usd * times * 1e6) / 1e6;
}
