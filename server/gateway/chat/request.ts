import type { JsonObject, LlmMessage, LlmPart, LlmRequest, LlmTool } from "#contract";
import { invalidRequest } from "../error.ts";
import {
  type ChatMessage,
  type ChatRequest,
  type ChatTool,
  type ContentPart,
  chatRequest,
} from "../schema.ts";

const KNOWN = new Set(Object.keys(chatRequest.shape));
const KNOWN_OF_MESSAGE = new Set([
  "role",
  "content",
  "name",
  "tool_calls",
  "tool_call_id",
  "function_call",
  "refusal",
  "reasoning_content",
]);

/** A request of chat completions as the gateway's own. Nothing is dropped: what it has no place for goes on in `extra`. */
export function readChat(body: ChatRequest): LlmRequest {
  if (body.n !== undefined && body.n !== null && body.n !== 1)
    throw invalidRequest("One answer is given to a request; ask again for another.", "n");
  const { response_format: format, tool_choice, function_call } = body;
  const choice =
    typeof tool_choice === "object" && tool_choice !== null
      ? { name: tool_choice.function.name }
      : (tool_choice ?? function_call);
  const effort = body.reasoning_effort;
  const thinking = effort === "low" || effort === "medium" || effort === "high" ? effort : undefined;
  const beyond = Object.fromEntries(
    Object.entries(body).filter(([key, value]) => !KNOWN.has(key) && value !== undefined),
  ) as JsonObject;
  const extra = {
    ...beyond,
    ...(effort && thinking === undefined ? { reasoning_effort: effort } : {}),
  };
  return present({
    model: body.model === "default" ? undefined : body.model,
    messages: body.messages.map(readMessage),
    tools: body.tools?.map(readTool) ?? body.functions?.map((one) => readTool({ function: one })),
    tool_choice: choice,
    parallel_tool_calls: body.parallel_tool_calls,
    response_format:
      format && "json_schema" in format
        ? { type: format.type, json_schema: present({ ...format.json_schema }) }
        : format,
    temperature: body.temperature,
    top_p: body.top_p,
    max_tokens: body.max_completion_tokens ?? body.max_tokens,
    stop: body.stop,
    seed: body.seed,
    presence_penalty: body.presence_penalty,
    frequency_penalty: body.frequency_penalty,
    thinking,
    user: body.user,
    extra: ofOpenai(extra),
  });
}

function readMessage(message: ChatMessage, index: number): LlmMessage {
  const { role, content, name, tool_call_id } = message;
  const beyond = Object.fromEntries(
    Object.entries(message).filter(([key, value]) => !KNOWN_OF_MESSAGE.has(key) && value != null),
  ) as JsonObject;
  const extra = ofOpenai(beyond);
  switch (role) {
    case "system":
    case "developer":
    case "user": {
      if (content === undefined || content === null)
        throw invalidRequest("The message has no content.", `messages[${index}].content`);
      const made = typeof content === "string" ? content : content.map(readPart);
      return present({ role: role === "developer" ? "system" : role, content: made, name, extra });
    }
    case "assistant":
      return present({ role, content: assistantParts(message), name, extra });
    default: {
      const id = tool_call_id ?? (role === "function" ? name : undefined);
      if (id === undefined)
        throw invalidRequest(
          "The message does not say which call it answers.",
          `messages[${index}].tool_call_id`,
        );
      const parts =
        typeof content === "string"
          ? [{ type: "text" as const, text: content }]
          : (content ?? []).map(readPart);
      const kept = parts.flatMap((part) => (part.type === "text" || part.type === "image" ? [part] : []));
      return present({
        role: "tool",
        content: [present({ type: "tool_result", id, name, content: kept })],
        extra,
      });
    }
  }
}

function assistantParts({ content, tool_calls, function_call, refusal, reasoning_content }: ChatMessage) {
  const parts: LlmPart[] = [];
  if (reasoning_content)
    parts.push({
      type: "thinking",
      text: reasoning_content,
      extra: { openai: { field: "reasoning_content" } },
    });
  if (typeof content === "string") {
    if (parts.length === 0 && !tool_calls && !function_call && !refusal) return content;
    if (content !== "") parts.push({ type: "text", text: content });
  } else if (content) parts.push(...content.map(readPart));
  if (refusal) parts.push({ type: "text", text: refusal, extra: { openai: { type: "refusal" } } });
  for (const { id, type: _, function: fn, ...beyond } of tool_calls ?? [])
    parts.push(
      present({ type: "tool_call", id, name: fn.name, args: fn.arguments, extra: ofOpenai(beyond) }),
    );
  if (function_call)
    parts.push({
      type: "tool_call",
      id: function_call.name,
      name: function_call.name,
      args: function_call.arguments,
    });
  return parts;
}

function readTool({ function: fn, type: _, ...beyond }: ChatTool): LlmTool {
  const { name, description = "", parameters = { type: "object", properties: {} }, strict, ...more } = fn;
  const inner = Object.keys(more).length === 0 ? {} : { function: more };
  return present({ name, description, parameters, strict, extra: ofOpenai({ ...beyond, ...inner }) });
}

function readPart(part: ContentPart): LlmPart {
  switch (part.type) {
    case "text": {
      const { type, text, ...beyond } = part;
      return present({ type, text, extra: ofOpenai(beyond) });
    }
    case "refusal":
      return { type: "text", text: part.refusal };
    case "image_url": {
      const { type: _, image_url, ...beyond } = part;
      const { url, detail } = image_url;
      const inline = /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(url.slice(0, 256));
      const extra = ofOpenai(detail === undefined ? beyond : { ...beyond, detail });
      return inline
        ? present({ type: "image", media_type: inline[1], data: url.slice(inline[0].length), extra })
        : present({ type: "image", url, extra });
    }
    case "file": {
      const { type: _, file, ...beyond } = part;
      const { file_data, filename } = file;
      const inline = /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(file_data.slice(0, 256));
      return present({
        type: "file",
        media_type: inline?.[1] ?? "application/octet-stream",
        data: inline ? file_data.slice(inline[0].length) : file_data,
        name: filename,
        extra: ofOpenai(beyond),
      });
    }
  }
}

/** What this protocol has beyond the gateway's own form, to be given back to it. */
const ofOpenai = (beyond: Readonly<Record<string, unknown>>): JsonObject | undefined =>
  Object.keys(beyond).length === 0 ? undefined : { openai: beyond as JsonObject };

/** Without members that are `null` or missing, which mean the same in this protocol; zero and empty values stay. */
function present<T>(record: Readonly<Record<string, unknown>>): T {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined && value !== null),
  ) as T;
}
