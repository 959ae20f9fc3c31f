import { FieldworkError, type JsonObject, type JsonValue } from "#contract";
import { type Answer, type Finish, newCallId } from "../../answer/answer.ts";
import { providerError } from "../../failure/provider_error.ts";
import type { Decoder } from "../dialect.ts";
import { asCount, asText, isObject } from "../parts.ts";

const FINISHES: Readonly<Record<string, Finish>> = {
  length: "length",
  max_tokens: "length",
  model_length: "length",
  tool_calls: "tool_calls",
  function_call: "tool_calls",
  content_filter: "content_filter",
  safety: "content_filter",
};
/** The names that thinking has with compatible servers. */
const THINKING_FIELDS = ["reasoning_content", "reasoning"] as const;
/** Marks text that stood in the place of an answer. */
const REFUSAL = { openai: { type: "refusal" } };
const KNOWN_OF_MESSAGE = new Set([
  "role",
  "content",
  "tool_calls",
  "function_call",
  "refusal",
  "reasoning_details",
  ...THINKING_FIELDS,
]);
const KNOWN_OF_REPLY = ["system_fingerprint", "service_tier"] as const;

export function createDecoder(answer: Answer): Decoder {
  let finished = false;
  let closed = false;
  let lastSlot = -1;
  return {
    event(_, data) {
      if (data.trim() === "[DONE]") {
        closed = true;
        return;
      }
      let chunk: unknown;
      try {
        chunk = JSON.parse(data);
      } catch {
        throw malformed(`an event of the stream is not JSON: ${data.slice(0, 120)}`);
      }
      if (!isObject(chunk)) throw malformed(`an event of the stream is not an object: ${data.slice(0, 120)}`);
      const failure = providerError(chunk, 200);
      if (failure) throw failure;
      const [choice] = Array.isArray(chunk.choices) ? (chunk.choices as JsonValue[]) : [];
      takeReply(chunk, answer);
      if (!isObject(choice)) return;
      const error = providerError(choice, 200);
      if (error) throw error;
      const delta = isObject(choice.delta)
        ? choice.delta
        : isObject(choice.message)
          ? choice.message
          : undefined;
      if (delta) lastSlot = takeMessage(delta, answer, lastSlot);
      finished = takeChoice(choice, answer) || finished;
    },
    whole: () => finished || closed,
  };
}

/** A `chat.completion` in one piece. */
export function decodeWhole(body: JsonObject, answer: Answer): void {
  const failure = providerError(body, 200);
  if (failure) throw failure;
  const [choice] = Array.isArray(body.choices) ? (body.choices as JsonValue[]) : [];
  const message = isObject(choice) ? choice.message : undefined;
  if (!isObject(choice) || !isObject(message)) throw malformed("the answer has no message");
  takeReply(body, answer);
  takeMessage(message, answer, -1);
  if (!takeChoice(choice, answer)) answer.finish("stop");
}

function takeReply(body: JsonObject, answer: Answer): void {
  const usage = isObject(body.usage) ? body.usage : isObject(body.x_groq) ? body.x_groq.usage : undefined;
  if (isObject(usage)) answer.usage(usageOf(usage));
  for (const key of KNOWN_OF_REPLY) {
    const value = body[key];
    if (typeof value === "string") answer.replyExtra({ openai: { [key]: value } });
  }
}

function takeChoice(choice: JsonObject, answer: Answer): boolean {
  if (isObject(choice.logprobs)) answer.replyExtra({ openai: { logprobs: choice.logprobs } });
  const reason = choice.finish_reason;
  if (typeof reason !== "string" || reason === "") return false;
  answer.finish(FINISHES[reason.toLowerCase()] ?? "stop");
  return true;
}

/** A message or a piece of one. Gives the slot of the last call of a tool. */
function takeMessage(message: JsonObject, answer: Answer, slot: number): number {
  let lastSlot = slot;
  takeThinking(message, answer);
  takeContent(message.content, answer);
  if (asText(message.refusal) !== "") answer.text(asText(message.refusal), { extra: REFUSAL });
  const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as JsonValue[]) : [];
  for (const call of calls) {
    if (!isObject(call) || !isObject(call.function)) continue;
    const { id, index, type, function: fn, ...beyond } = call;
    const named = asText(fn.name) !== "";
    // Without a number, a call that brings a name is a new one, and a piece without belongs to the last.
    lastSlot = asCount(index) ?? (named ? lastSlot + 1 : Math.max(0, lastSlot));
    answer.toolCall(lastSlot, {
      id: asText(id) || (named ? newCallId() : undefined),
      name: asText(fn.name),
      extra: Object.keys(beyond).length === 0 ? undefined : { openai: beyond },
      args:
        typeof fn.arguments === "string"
          ? fn.arguments
          : isObject(fn.arguments)
            ? JSON.stringify(fn.arguments)
            : "",
    });
  }
  if (isObject(message.function_call)) {
    const { name, arguments: args } = message.function_call;
    answer.toolCall(0, {
      id: asText(name) ? newCallId() : undefined,
      name: asText(name),
      args: asText(args),
    });
  }
  for (const [key, value] of Object.entries(message))
    if (!KNOWN_OF_MESSAGE.has(key) && value !== null && value !== undefined)
      answer.messageExtra({ openai: { [key]: value } });
  return lastSlot;
}

function takeThinking(message: JsonObject, answer: Answer): void {
  const field = THINKING_FIELDS.find((name) => asText(message[name]) !== "");
  if (field) answer.thinking(asText(message[field]), { extra: { openai: { field } } });
  const details = message.reasoning_details;
  if (Array.isArray(details) && details.length > 0)
    answer.thinking("", { extra: { openai: { reasoning_details: details as JsonValue[] } } });
}

/** Text, or an array of parts as some servers give it. */
function takeContent(content: JsonValue | undefined, answer: Answer): void {
  if (typeof content === "string") answer.text(content);
  if (!Array.isArray(content)) return;
  for (const part of content as JsonValue[]) {
    if (!isObject(part)) continue;
    if (part.type === "thinking") {
      const inner = Array.isArray(part.thinking) ? (part.thinking as JsonValue[]) : [part.thinking];
      for (const one of inner) answer.thinking(isObject(one) ? asText(one.text) : asText(one));
    } else answer.text(asText(part.text));
  }
}

function usageOf(usage: JsonObject) {
  const input = isObject(usage.prompt_tokens_details) ? usage.prompt_tokens_details : {};
  const output = isObject(usage.completion_tokens_details) ? usage.completion_tokens_details : {};
  const cached = asCount(input.cached_tokens) ?? asCount(usage.prompt_cache_hit_tokens);
  return {
    input_tokens: asCount(usage.prompt_tokens) ?? 0,
    output_tokens: asCount(usage.completion_tokens) ?? 0,
    ...(cached === undefined ? {} : { cache_read_tokens: cached }),
    ...(asCount(output.reasoning_tokens) === undefined
      ? {}
      : { thinking_tokens: asCount(output.reasoning_tokens) ?? 0 }),
  };
}

const malformed = (what: string) => new FieldworkError("model_malformed", `The provider's answer: ${what}`);
