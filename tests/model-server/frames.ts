import type { ModelAnswer, ModelToolCall, ModelUsage } from "./script.ts";

/** An answer as the texts of its events, in the order of the protocol; the last one closes it. */
export interface Frames {
  readonly frames: readonly string[];
  /** An error inside the stream. */
  error(error: Readonly<Record<string, unknown>> | undefined): string;
  /** One more piece of text, for a stream without end. */
  readonly more: string;
}

export function pieces(text: string, chars: number): string[] {
  const all = [...text];
  const parts: string[] = [];
  for (let at = 0; at < all.length; at += chars) parts.push(all.slice(at, at + chars).join(""));
  return parts;
}
export const argsText = ({ args }: ModelToolCall): string =>
  typeof args === "string" ? args : JSON.stringify(args);

export function openaiFrames(answer: ModelAnswer, model: string, withUsage: boolean): Frames {
  const { text = "", thinking = "", tool_calls = [], delta_chars = 4 } = answer;
  const id = "chatcmpl-scripted";
  const chunk = (delta: object, finish: string | null = null, usage?: object) =>
    `data: ${JSON.stringify({
      id,
      object: "chat.completion.chunk",
      created: 1,
      model,
      choices: usage ? [] : [{ index: 0, delta, finish_reason: finish }],
      ...(usage ? { usage } : {}),
    })}\n\n`;
  const frames = [chunk({ role: "assistant", content: "" })];
  for (const part of pieces(thinking, delta_chars)) frames.push(chunk({ reasoning_content: part }));
  for (const part of pieces(text, delta_chars)) frames.push(chunk({ content: part }));
  tool_calls.forEach((call, index) => {
    const { id: callId = `call_${index}`, name } = call;
    frames.push(
      chunk({ tool_calls: [{ index, id: callId, type: "function", function: { name, arguments: "" } }] }),
    );
    for (const part of pieces(argsText(call), delta_chars))
      frames.push(chunk({ tool_calls: [{ index, function: { arguments: part } }] }));
  });
  frames.push(chunk({}, answer.finish ?? (tool_calls.length > 0 ? "tool_calls" : "stop")));
  if (withUsage && !answer.no_usage) frames.push(chunk({}, null, openaiUsage(answer)));
  frames.push("data: [DONE]\n\n");
  return {
    frames,
    error: (error) =>
      `data: ${JSON.stringify({ error: error ?? { message: "The server had an error", type: "server_error" } })}\n\n`,
    more: chunk({ content: "and on " }),
  };
}

export function openaiWhole(answer: ModelAnswer, model: string): object {
  const { text, thinking, tool_calls = [] } = answer;
  const message = {
    role: "assistant",
    content: text ?? null,
    ...(thinking === undefined ? {} : { reasoning_content: thinking }),
    ...(tool_calls.length === 0
      ? {}
      : {
          tool_calls: tool_calls.map((call, index) => ({
            id: call.id ?? `call_${index}`,
            type: "function",
            function: { name: call.name, arguments: argsText(call) },
          })),
        }),
  };
  const finish_reason = answer.finish ?? (tool_calls.length > 0 ? "tool_calls" : "stop");
  return {
    id: "chatcmpl-scripted",
    object: "chat.completion",
    created: 1,
    model,
    choices: [{ index: 0, message, finish_reason }],
    ...(answer.no_usage ? {} : { usage: openaiUsage(answer) }),
  };
}

const openaiUsage = ({ usage = {} }: ModelAnswer) => {
  const { input = 10, output = 5, cache_read = 0, thinking = 0 } = usage;
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: input + output,
    prompt_tokens_details: { cached_tokens: cache_read },
    completion_tokens_details: { reasoning_tokens: thinking },
  };
};

export function anthropicFrames(answer: ModelAnswer, model: string): Frames {
  const { text = "", thinking, signature, tool_calls = [], delta_chars = 4 } = answer;
  const event = (type: string, more: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
  const usage = anthropicUsage(answer.usage);
  const frames = [
    event("message_start", {
      message: {
        id: "msg_scripted",
        type: "message",
        role: "assistant",
        model,
        content: [],
        stop_reason: null,
        usage: { ...usage, output_tokens: 1 },
      },
    }),
    event("ping", {}),
  ];
  let index = -1;
  const block = (start: object, deltas: readonly object[]) => {
    index++;
    frames.push(event("content_block_start", { index, content_block: start }));
    for (const delta of deltas) frames.push(event("content_block_delta", { index, delta }));
    frames.push(event("content_block_stop", { index }));
  };
  if (thinking !== undefined)
    block({ type: "thinking", thinking: "", signature: "" }, [
      ...pieces(thinking, delta_chars).map((part) => ({ type: "thinking_delta", thinking: part })),
      { type: "signature_delta", signature: signature ?? "c2lnbmVk" },
    ]);
  if (text !== "")
    block(
      { type: "text", text: "" },
      pieces(text, delta_chars).map((part) => ({ type: "text_delta", text: part })),
    );
  tool_calls.forEach((call, n) => {
    block(
      { type: "tool_use", id: call.id ?? `toolu_${n}`, name: call.name, input: {} },
      pieces(argsText(call), delta_chars).map((part) => ({ type: "input_json_delta", partial_json: part })),
    );
  });
  frames.push(
    event("message_delta", {
      delta: {
        stop_reason: answer.finish ?? (tool_calls.length > 0 ? "tool_use" : "end_turn"),
        stop_sequence: null,
      },
      usage: { output_tokens: usage.output_tokens },
    }),
    event("message_stop", {}),
  );
  return {
    frames,
    error: (error) => event("error", { error: error ?? { type: "overloaded_error", message: "Overloaded" } }),
    more: event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "and on " } }),
  };
}

export function anthropicWhole(answer: ModelAnswer, model: string): object {
  const { text, thinking, tool_calls = [] } = answer;
  return {
    id: "msg_scripted",
    type: "message",
    role: "assistant",
    model,
    content: [
      ...(thinking === undefined
        ? []
        : [{ type: "thinking", thinking, signature: answer.signature ?? "c2lnbmVk" }]),
      ...(text === undefined ? [] : [{ type: "text", text }]),
      ...tool_calls.map((call, n) => ({
        type: "tool_use",
        id: call.id ?? `toolu_${n}`,
        name: call.name,
        input: typeof call.args === "string" ? {} : call.args,
      })),
    ],
    stop_reason: answer.finish ?? (tool_calls.length > 0 ? "tool_use" : "end_turn"),
    usage: anthropicUsage(answer.usage),
  };
}

const anthropicUsage = (usage: ModelUsage = {}) => ({
  input_tokens: usage.input ?? 10,
  cache_creation_input_tokens: usage.cache_write ?? 0,
  cache_read_input_tokens: usage.cache_read ?? 0,
  output_tokens: usage.output ?? 5,
});
