import type { JsonObject, LlmPart, LlmReply, LlmUsage } from "#contract";

const FINISHES: Readonly<Record<LlmReply["finish"], string>> = {
  stop: "stop",
  stopped: "stop",
  length: "length",
  tool_calls: "tool_calls",
  content_filter: "content_filter",
  error: "stop",
};

/** What all pieces of one answer carry. */
export interface ReplyHead {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
}

export const partsOf = ({ message }: LlmReply): readonly LlmPart[] =>
  typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;

export const finishReason = ({ finish }: LlmReply): string => FINISHES[finish];

/** What the dialect has beyond: a program gives it back with the conversation, and some providers insist on it. */
export const ofOpenai = (extra: JsonObject | undefined): JsonObject => (extra?.openai ?? {}) as JsonObject;

export const logprobsOf = (reply: LlmReply): JsonObject["logprobs"] => ofOpenai(reply.extra).logprobs ?? null;

/** A `chat.completion`. */
export function chatCompletion(reply: LlmReply, head: ReplyHead): object {
  const parts = partsOf(reply);
  const calls = parts.flatMap((part) => (part.type === "tool_call" ? [part] : []));
  const isRefusal = ({ extra }: LlmPart) => ofOpenai(extra).type === "refusal";
  const refusal = parts.map((part) => (part.type === "text" && isRefusal(part) ? part.text : "")).join("");
  const text = parts.map((part) => (part.type === "text" && !isRefusal(part) ? part.text : "")).join("");
  const thinking = parts.map((part) => (part.type === "thinking" ? part.text : "")).join("");
  const { system_fingerprint, service_tier } = ofOpenai(reply.extra);
  const beyond = ofOpenai(reply.message.extra);
  return {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    ...(service_tier === undefined ? {} : { service_tier }),
    ...(system_fingerprint === undefined ? {} : { system_fingerprint }),
    choices: [
      {
        index: 0,
        message: {
          ...beyond,
          role: "assistant",
          content: text === "" && (calls.length > 0 || refusal !== "") ? null : text,
          refusal: refusal === "" ? null : refusal,
          ...(thinking === "" ? {} : { reasoning_content: thinking }),
          ...(calls.length === 0
            ? {}
            : {
                tool_calls: calls.map(({ id, name, args, extra }) => ({
                  ...ofOpenai(extra),
                  id,
                  type: "function",
                  function: { name, arguments: args },
                })),
              }),
        },
        logprobs: logprobsOf(reply),
        finish_reason: finishReason(reply),
      },
    ],
    usage: chatUsage(reply.usage),
  };
}

export const chatUsage = (usage: LlmUsage) => ({
  prompt_tokens: usage.input_tokens,
  completion_tokens: usage.output_tokens,
  total_tokens: usage.input_tokens + usage.output_tokens,
  prompt_tokens_details: { cached_tokens: usage.cache_read_tokens },
  completion_tokens_details: { reasoning_tokens: usage.thinking_tokens },
});
