import type { JsonObject, LlmRequest } from "#contract";
import type { Answer } from "../answer/answer.ts";
import type { ToolNames } from "./tool_names.ts";

/** What a server was found not to take, learned from its own words; see {@link Dialect.learn}. */
export type Quirk = "max_tokens" | "max_completion_tokens" | "stream_options" | "output_config" | "images";

/**
 * How servers say that a model takes no images: OpenAI ("image_url is only supported by certain models"), llama.cpp ("image input is
 * not supported"), vLLM ("At most 0 image(s)"), Ollama ("missing data required for image input"), and those that know only text.
 */
export const NO_IMAGES: readonly [RegExp, Quirk] = [
  /image_url is only supported|unknown variant .?image_url|(image|vision|multimodal)[^.]{0,60}(not supported|unsupported|not enabled|not available)|(not|n't) support[^.]{0,40}(image|vision|multimodal)|at most 0 image|required for image input|mmproj/i,
  "images",
];

export interface Encoding {
  /** The provider's own name of the model. */
  readonly model: string;
  readonly names: ToolNames;
  /** The most the model may write, thinking included; `undefined`: as the provider sees fit. */
  readonly max_tokens: number | undefined;
  readonly quirks: ReadonlySet<Quirk>;
}

/** Takes the events of a stream. */
export interface Decoder {
  /** @throws FieldworkError `model_malformed`, or what an error inside the stream means. */
  event(name: string, data: string): void;
  /** Did the stream say that it is whole? */
  whole(): boolean;
}

/** A protocol of a provider. One pipeline serves them all: they only translate. */
export interface Dialect {
  readonly name: "openai" | "anthropic";
  /** The address of completions under a base URL, however it was written. */
  url(base: string): string;
  headers(key: string | undefined): Readonly<Record<string, string>>;
  encode(request: LlmRequest, encoding: Encoding): JsonObject;
  decoder(answer: Answer): Decoder;
  /** An answer that came in one piece although a stream was asked for. */
  whole(body: JsonObject, answer: Answer): void;
  /** A way to say the same again that the server may take, after it refused a request with these words. */
  learn(refusal: string, quirks: ReadonlySet<Quirk>): Quirk | undefined;
  /** The protocol has no answer without a limit. */
  readonly needs_max_tokens: boolean;
  /** Prices of cached input as shares of the price of input, where none are configured. */
  readonly cache_price: { readonly read: number; readonly write: number };
}

/** A base URL without what callers tend to add to it. */
export function trimBase(base: string): string {
  return base
    .replace(/\/+$/, "")
    .replace(/\/(chat\/completions|messages|embeddings|models)$/, "")
    .replace(/\/+$/, "");
}

/** An address under a base URL; a base without a path gets the customary `/v1`. */
export function underBase(base: string, path: string): string {
  const trimmed = trimBase(base);
  const bare = new URL(trimmed).pathname === "/";
  return `${trimmed}${bare ? "/v1" : ""}/${path}`;
}
