import { FieldworkError, type JsonObject, type JsonValue } from "#contract";
import type { Answer, Finish } from "../../answer/answer.ts";
import { providerError } from "../../failure/provider_error.ts";
import type { Decoder } from "../dialect.ts";
import { asCount, asText, isObject } from "../parts.ts";

const FINISHES: Readonly<Record<string, Finish>> = {
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool_calls",
  refusal: "content_filter",
};

export function createDecoder(answer: Answer): Decoder {
  const counts = createCounts(answer);
  /** Blocks of a kind this program does not know, gathered to be given back unchanged. */
  const unknown = new Map<number, { readonly block: JsonObject; json: string }>();
  let whole = false;
  return {
    event(name, data) {
      let body: unknown;
      try {
        body = JSON.parse(data);
      } catch {
        throw malformed(`an event of the stream is not JSON: ${data.slice(0, 120)}`);
      }
      if (!isObject(body)) throw malformed(`an event of the stream is not an object: ${data.slice(0, 120)}`);
      const failure = providerError(body, 200);
      if (failure) throw failure;
      const index = asCount(body.index) ?? 0;
      switch (body.type ?? name) {
        case "message_start":
          if (isObject(body.message)) counts(body.message.usage);
          return;
        case "content_block_start":
          if (isObject(body.content_block) && !beginBlock(body.content_block, index, answer))
            unknown.set(index, { block: body.content_block, json: "" });
          return;
        case "content_block_delta": {
          if (!isObject(body.delta)) return;
          const kept = unknown.get(index);
          if (kept) kept.json += asText(body.delta.partial_json);
          else takeDelta(body.delta, index, answer);
          return;
        }
        case "content_block_stop": {
          const kept = unknown.get(index);
          if (kept) answer.text("", { fresh: true, extra: { anthropic: withInput(kept.block, kept.json) } });
          unknown.delete(index);
          return;
        }
        case "message_delta":
          counts(body.usage);
          if (isObject(body.delta)) takeStop(body.delta, answer);
          return;
        case "message_stop":
          whole = true;
      }
    },
    whole: () => whole,
  };
}

function withInput(block: JsonObject, json: string): JsonObject {
  if (json === "") return block;
  try {
    return { ...block, input: JSON.parse(json) as JsonValue };
  } catch {
    throw malformed("the input of a block is not JSON");
  }
}

/** A message in one piece. */
export function decodeWhole(body: JsonObject, answer: Answer): void {
  const failure = providerError(body, 200);
  if (failure) throw failure;
  if (!Array.isArray(body.content)) throw malformed("the answer has no content");
  createCounts(answer)(body.usage);
  (body.content as JsonValue[]).forEach((block, index) => {
    if (!isObject(block)) return;
    if (beginBlock(block, index, answer)) {
      if (block.type === "tool_use") answer.toolCall(index, { args: JSON.stringify(block.input ?? {}) });
      if (block.type === "thinking") answer.thinking("", { signature: asText(block.signature) });
    } else answer.text("", { fresh: true, extra: { anthropic: block } });
  });
  takeStop(body, answer);
  if (typeof body.stop_reason !== "string") answer.finish("stop");
}

/** Gives whether the block is of a kind that is known. */
function beginBlock(block: JsonObject, index: number, answer: Answer): boolean {
  switch (block.type) {
    case "text":
      answer.text(asText(block.text), { fresh: true });
      return true;
    case "thinking":
      answer.thinking(asText(block.thinking), { fresh: true });
      return true;
    case "redacted_thinking":
      answer.thinking("", { fresh: true, extra: { anthropic: block } });
      return true;
    case "tool_use":
      answer.toolCall(index, { id: asText(block.id), name: asText(block.name) });
      return true;
    default:
      return false;
  }
}

function takeDelta(delta: JsonObject, index: number, answer: Answer): void {
  switch (delta.type) {
    case "text_delta":
      answer.text(asText(delta.text));
      break;
    case "thinking_delta":
      answer.thinking(asText(delta.thinking));
      break;
    case "signature_delta":
      answer.thinking("", { signature: asText(delta.signature) });
      break;
    case "input_json_delta":
      answer.toolCall(index, { args: asText(delta.partial_json) });
      break;
    case "citations_delta":
      if (isObject(delta.citation))
        answer.text("", { extra: { anthropic: { citations: [delta.citation] } } });
  }
}

function takeStop({ stop_reason, stop_sequence }: JsonObject, answer: Answer): void {
  if (typeof stop_reason === "string") answer.finish(FINISHES[stop_reason] ?? "stop");
  if (typeof stop_sequence === "string") answer.replyExtra({ anthropic: { stop_sequence } });
  if (stop_reason === "pause_turn") answer.replyExtra({ anthropic: { stop_reason } });
}

/** Cached tokens are counted beside the input here, and as parts of it inside. Later counts stand for earlier ones. */
function createCounts(answer: Answer): (usage: JsonValue | undefined) => void {
  let input = 0;
  let read = 0;
  let write = 0;
  return (usage) => {
    if (!isObject(usage)) return;
    input = asCount(usage.input_tokens) ?? input;
    read = asCount(usage.cache_read_input_tokens) ?? read;
    write = asCount(usage.cache_creation_input_tokens) ?? write;
    const output = asCount(usage.output_tokens);
    answer.usage({
      input_tokens: input + read + write,
      cache_read_tokens: read,
      cache_write_tokens: write,
      ...(output === undefined ? {} : { output_tokens: output }),
    });
  };
}

const malformed = (what: string) => new FieldworkError("model_malformed", `The provider's answer: ${what}`);
