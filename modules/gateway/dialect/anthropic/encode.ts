import type { JsonObject, JsonValue, LlmMessage, LlmPart, LlmRequest } from "#contract";
import type { Encoding } from "../dialect.ts";
import { defined, extraOf, partsOf, splitDataUrl } from "../parts.ts";
import { thinkingTokens } from "../thinking.ts";
import type { ToolNames } from "../tool_names.ts";

const MAX_TOKENS = 8192;
const LEAST_THINKING = 1024;

interface Turn {
  readonly role: "user" | "assistant";
  readonly content: JsonObject[];
}

/** A request in the form of Anthropic's messages (https://docs.anthropic.com/en/api/messages). */
export function encodeRequest(request: LlmRequest, encoding: Encoding): JsonObject {
  const { names } = encoding;
  const own = extraOf(request.extra, "anthropic");
  const most = encoding.max_tokens ?? MAX_TOKENS;
  const budget = Math.min(thinkingTokens(request.thinking), most - 1);
  const leading = request.messages.findIndex(({ role }) => role !== "system");
  const split = leading < 0 ? request.messages.length : leading;
  const system = request.messages.slice(0, split).flatMap((one) => partsOf(one).flatMap(textBlock));
  const turns = encodeTurns(request.messages.slice(split), names);
  const format = formatOf(request, encoding);
  if (format.instruction !== undefined) system.push({ type: "text", text: format.instruction });
  const tools = request.tools?.map(({ name, description, parameters, strict }) =>
    defined({ name: names.out(name), description, input_schema: parameters, strict: strict || undefined }),
  );
  if (tools !== undefined || turns.length > 1) markForCache(system, turns);
  return defined({
    ...own,
    model: encoding.model,
    max_tokens: most,
    system: system.length === 0 ? undefined : system,
    messages: turns,
    stream: true,
    temperature: request.temperature,
    top_p: request.top_p,
    stop_sequences: request.stop === undefined ? undefined : [request.stop].flat(),
    metadata: request.user === undefined ? own.metadata : { user_id: request.user },
    thinking:
      budget >= LEAST_THINKING ? { type: "enabled", budget_tokens: budget } : (own.thinking ?? undefined),
    tools: tools ?? own.tools,
    tool_choice: tools === undefined ? undefined : toolChoice(request, names),
    output_config: format.config ?? own.output_config,
  });
}

function toolChoice(
  { tool_choice, parallel_tool_calls }: LlmRequest,
  names: ToolNames,
): JsonObject | undefined {
  const single = parallel_tool_calls === false ? { disable_parallel_tool_use: true } : {};
  if (typeof tool_choice === "object") return { type: "tool", name: names.out(tool_choice.name), ...single };
  if (tool_choice === "none") return { type: "none" };
  if (tool_choice === "required") return { type: "any", ...single };
  return tool_choice === "auto" || "disable_parallel_tool_use" in single
    ? { type: "auto", ...single }
    : undefined;
}

interface Format {
  readonly config?: JsonObject;
  readonly instruction?: string;
}

/** A schema is given as such; a server that does not know the field is told in words. */
function formatOf({ response_format: format }: LlmRequest, { quirks }: Encoding): Format {
  if (format === undefined || format.type === "text") return {};
  if (!("json_schema" in format)) return { instruction: "Answer with one JSON object and nothing else." };
  const { schema } = format.json_schema;
  if (!quirks.has("output_config")) return { config: { format: { type: "json_schema", schema } } };
  const text = JSON.stringify(schema);
  return {
    instruction: `Answer with one JSON value and nothing else. It must fit this JSON Schema:\n${text}`,
  };
}

function encodeTurns(messages: readonly LlmMessage[], names: ToolNames): Turn[] {
  const turns: Turn[] = [];
  for (const message of messages) {
    const role = message.role === "assistant" ? "assistant" : "user";
    const content = encodeContent(message, names);
    if (content.length === 0) continue;
    const last = turns.at(-1);
    if (last?.role === role) last.content.push(...content);
    else turns.push({ role, content });
  }
  // A conversation begins with its user, and results of tools come before anything else that is said with them.
  if (turns[0]?.role !== "user") turns.unshift({ role: "user", content: [{ type: "text", text: "…" }] });
  for (const { role, content } of turns) if (role === "user") content.sort((a, b) => rank(a) - rank(b));
  const final = turns.at(-1);
  const ending = final?.content.at(-1);
  if (final?.role === "assistant" && ending?.type === "text")
    final.content[final.content.length - 1] = { ...ending, text: String(ending.text).trimEnd() };
  return turns;
}

const rank = ({ type }: JsonObject): number => (type === "tool_result" ? 0 : 1);

function encodeContent(message: LlmMessage, names: ToolNames): JsonObject[] {
  if (message.role === "system")
    return partsOf(message).flatMap((part) =>
      part.type === "text" ? textBlock({ ...part, text: `<system>${part.text}</system>` }) : [],
    );
  return partsOf(message).flatMap((part) => block(part, names));
}

/** Empty text is not taken. */
function textBlock(part: LlmPart): JsonObject[] {
  if (part.type !== "text" || part.text === "") return [];
  return [{ ...extraOf(part.extra, "anthropic"), type: "text", text: part.text }];
}

function block(part: LlmPart, names: ToolNames): JsonObject[] {
  const extra = extraOf(part.extra, "anthropic");
  switch (part.type) {
    case "text":
      return typeof extra.type === "string" ? [extra] : textBlock(part);
    case "image":
      return [{ ...extra, type: "image", source: imageSource(part) }];
    case "file":
      return [{ ...extra, ...defined({ type: "document", source: fileSource(part), title: part.name }) }];
    case "thinking":
      if (extra.type === "redacted_thinking") return [extra];
      // Thinking without a signature is another provider's and would be refused.
      return part.signature === undefined
        ? []
        : [{ ...extra, type: "thinking", thinking: part.text, signature: part.signature }];
    case "tool_call":
      return [
        {
          ...extra,
          type: "tool_use",
          id: idOf(part.id),
          name: names.out(part.name),
          input: parsed(part.args),
        },
      ];
    case "tool_result": {
      const content = part.content.flatMap((one) => block(one, names));
      return [
        {
          ...extra,
          type: "tool_result",
          tool_use_id: idOf(part.id),
          ...(content.length === 0 ? {} : { content }),
          ...(part.is_error ? { is_error: true } : {}),
        },
      ];
    }
  }
}

function imageSource(part: Extract<LlmPart, { type: "image" }>): JsonObject {
  const given = part.url === undefined ? undefined : splitDataUrl(part.url);
  if (part.url !== undefined && !given) return { type: "url", url: part.url };
  return {
    type: "base64",
    media_type: given?.media_type ?? part.media_type ?? "image/png",
    data: given?.data ?? part.data ?? "",
  };
}

function fileSource({ media_type, data }: Extract<LlmPart, { type: "file" }>): JsonObject {
  return media_type.startsWith("text/")
    ? { type: "text", media_type: "text/plain", data: Buffer.from(data, "base64").toString("utf8") }
    : { type: "base64", media_type, data };
}

/** Ids of other providers may hold what this one refuses. */
const idOf = (id: string): string => id.replaceAll(/[^A-Za-z0-9_-]/g, "_") || "_";

/** Arguments must be an object here; what is none is handed over as it was written. */
function parsed(args: string): JsonValue {
  if (args.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(args);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Told below.
  }
  return { not_json: args };
}

/** Marks the end of the stable part and of the conversation so far, so that the next request reads them from the cache. */
function markForCache(system: JsonObject[], turns: Turn[]): void {
  const all = [...system, ...turns.flatMap(({ content }) => content)];
  if (all.some((one) => "cache_control" in one)) return;
  mark(system);
  mark(turns.at(-1)?.content ?? []);
}

function mark(blocks: JsonObject[]): void {
  const last = blocks.at(-1);
  if (last && last.type !== "thinking" && last.type !== "redacted_thinking")
    blocks[blocks.length - 1] = { ...last, cache_control: { type: "ephemeral" } };
}
