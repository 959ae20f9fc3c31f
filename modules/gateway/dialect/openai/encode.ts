import type { JsonObject, JsonValue, LlmMessage, LlmPart, LlmRequest } from "#contract";
import type { Encoding } from "../dialect.ts";
import { dataUrl, defined, extraOf, isObject, partsOf } from "../parts.ts";
import { thinkingEffort } from "../thinking.ts";
import type { ToolNames } from "../tool_names.ts";

/** A request in the form of OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat). */
export function encodeRequest(request: LlmRequest, encoding: Encoding): JsonObject {
  const { names, quirks, max_tokens } = encoding;
  const { tools, tool_choice, response_format } = request;
  return defined({
    ...extraOf(request.extra, "openai"),
    model: encoding.model,
    messages: encodeMessages(request.messages, names),
    stream: true,
    stream_options: quirks.has("stream_options") ? undefined : { include_usage: true },
    temperature: request.temperature,
    top_p: request.top_p,
    [quirks.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens"]: max_tokens,
    stop: request.stop,
    seed: request.seed,
    presence_penalty: request.presence_penalty,
    frequency_penalty: request.frequency_penalty,
    reasoning_effort: thinkingEffort(request.thinking),
    user: request.user,
    tools: tools?.map(({ name, description, parameters, strict, extra }) => {
      const { function: beyond, ...rest } = extraOf(extra, "openai");
      const declared = defined({ name: names.out(name), description, parameters, strict });
      return {
        ...rest,
        type: "function",
        function: isObject(beyond) ? { ...beyond, ...declared } : declared,
      };
    }),
    tool_choice:
      typeof tool_choice === "object"
        ? { type: "function", function: { name: names.out(tool_choice.name) } }
        : tool_choice,
    parallel_tool_calls: request.parallel_tool_calls,
    response_format,
  });
}

function encodeMessages(messages: readonly LlmMessage[], names: ToolNames): JsonObject[] {
  const lastUser = messages.findLastIndex(({ role }) => role === "user");
  return messages.flatMap((message, at) => {
    switch (message.role) {
      case "system":
        return [plainMessage(message)];
      case "assistant":
        return [assistantMessage(message, names, at > lastUser)];
      default:
        return userMessages(message);
    }
  });
}

const plainMessage = (message: LlmMessage, parts = partsOf(message)): JsonObject =>
  defined({
    ...extraOf(message.extra, "openai"),
    role: message.role === "tool" ? "user" : message.role,
    content: encodeContent(message, parts),
    name: message.name,
  });

/** A string stays a string, and an array an array. */
function encodeContent({ content }: LlmMessage, parts: readonly LlmPart[]): JsonValue {
  return typeof content === "string" ? content : parts.flatMap(encodePart);
}

function encodePart(part: LlmPart): JsonObject[] {
  const extra = "extra" in part ? extraOf(part.extra, "openai") : {};
  switch (part.type) {
    case "text":
      return [{ ...extra, type: "text", text: part.text }];
    case "image": {
      const { detail, ...rest } = extra;
      const url = part.url ?? dataUrl(part.media_type ?? "image/png", part.data ?? "");
      return [{ ...rest, type: "image_url", image_url: defined({ url, detail }) }];
    }
    case "file":
      return [
        {
          ...extra,
          type: "file",
          file: defined({ filename: part.name, file_data: dataUrl(part.media_type, part.data) }),
        },
      ];
    default:
      return [];
  }
}

/** Results of tools become messages of their own; images in them, which a tool's message cannot hold, follow as the user's. */
function userMessages(message: LlmMessage): JsonObject[] {
  const parts = partsOf(message);
  const results = parts.flatMap((part) => (part.type === "tool_result" ? [part] : []));
  if (results.length === 0) return [plainMessage(message)];
  const others = parts.filter(({ type }) => type !== "tool_result");
  const images = results.flatMap(({ content }) => content.filter(({ type }) => type === "image"));
  const toldApart: readonly LlmPart[] = [...images, ...others];
  return [
    ...results.map(({ id, content, extra }) => {
      const texts = content.flatMap((one) => (one.type === "text" ? [one] : []));
      const [only] = texts;
      return defined({
        ...extraOf(extra, "openai"),
        role: "tool",
        tool_call_id: id,
        content: texts.length <= 1 ? (only?.text ?? "") : texts.flatMap(encodePart),
      });
    }),
    ...(toldApart.length === 0 ? [] : [plainMessage({ ...message, content: [...toldApart] })]),
  ];
}

function assistantMessage(message: LlmMessage, names: ToolNames, inLoop: boolean): JsonObject {
  const parts = partsOf(message);
  const isRefusal = (part: LlmPart) =>
    part.type === "text" && extraOf(part.extra, "openai").type === "refusal";
  const texts = parts.flatMap((part) => (part.type === "text" && !isRefusal(part) ? [part.text] : []));
  const refusal = parts
    .flatMap((part) => (part.type === "text" && isRefusal(part) ? [part.text] : []))
    .join("");
  const calls = parts.flatMap((part) => (part.type === "tool_call" ? [part] : []));
  return defined({
    ...extraOf(message.extra, "openai"),
    // Servers that give their thinking want it back while they use tools, and at no other time.
    ...(inLoop && calls.length > 0 ? thinkingBack(parts) : {}),
    role: "assistant",
    content: texts.length === 0 && (calls.length > 0 || refusal !== "") ? null : texts.join(""),
    refusal: refusal === "" ? undefined : refusal,
    name: message.name,
    tool_calls:
      calls.length === 0
        ? undefined
        : calls.map(({ id, name, args, extra }) => ({
            ...extraOf(extra, "openai"),
            id,
            type: "function",
            function: { name: names.out(name), arguments: args === "" ? "{}" : args },
          })),
  });
}

function thinkingBack(parts: readonly LlmPart[]): JsonObject {
  const back: Record<string, JsonValue> = {};
  for (const part of parts) {
    if (part.type !== "thinking") continue;
    const { field, ...details } = extraOf(part.extra, "openai");
    if (typeof field === "string") back[field] = `${back[field] ?? ""}${part.text}`;
    Object.assign(back, details);
  }
  return back;
}
