import { z } from "zod";
import {
  type CallContext,
  describeIssue,
  FieldworkError,
  type JsonValue,
  type LlmPart,
  type LlmReply,
} from "#contract";

/** What Flowork's modules send to the router: chat completions, whole, with text and tools. */
const chat = z.object({
  model: z.string().nullish(),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "developer", "user", "assistant", "tool"]),
        content: z
          .union([z.string(), z.array(z.object({ type: z.string(), text: z.string().optional() }))])
          .nullish(),
        tool_call_id: z.string().optional(),
        tool_calls: z
          .array(
            z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }),
          )
          .optional(),
      }),
    )
    .min(1),
  tools: z
    .array(
      z.object({
        function: z.object({
          name: z.string(),
          description: z.string().default(""),
          parameters: z.record(z.string(), z.unknown()).default({ type: "object" }),
        }),
      }),
    )
    .optional(),
  temperature: z.number().nullish(),
  max_tokens: z.int().min(1).nullish(),
});
type Message = z.infer<typeof chat>["messages"][number];

const textOf = (content: Message["content"]): string =>
  typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");

function partsOf({ role, content, tool_call_id, tool_calls = [] }: Message): LlmPart[] {
  const text = textOf(content);
  if (role === "tool")
    return [{ type: "tool_result", id: tool_call_id ?? "", content: [{ type: "text", text }] }];
  return [
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
    ...tool_calls.map(({ id, function: { name, arguments: args } }) => ({
      type: "tool_call" as const,
      id,
      name,
      args,
    })),
  ];
}

/** One completion in the caller's name and on its budget. @throws FieldworkError */
export async function completeChat(body: JsonValue, context: CallContext): Promise<JsonValue> {
  const parsed = chat.safeParse(body);
  if (!parsed.success)
    throw new FieldworkError("invalid_input", parsed.error.issues.slice(0, 5).map(describeIssue).join("; "));
  const { model, messages, tools, temperature, max_tokens } = parsed.data;
  const reply = (await context.call("llm.complete", {
    messages: messages.map((one) => ({
      role: one.role === "developer" ? "system" : one.role,
      content: partsOf(one),
    })),
    ...(model && model !== "default" ? { model } : {}),
    ...(tools ? { tools: tools.map((tool) => tool.function) } : {}),
    ...(temperature == null ? {} : { temperature }),
    ...(max_tokens == null ? {} : { max_tokens }),
  } as unknown as JsonValue)) as unknown as LlmReply;
  return completionOf(reply, context);
}

function completionOf({ message, finish, usage, model }: LlmReply, { trace, host }: CallContext): JsonValue {
  const parts: readonly LlmPart[] =
    typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
  const calls = parts.flatMap((part) => (part.type === "tool_call" ? [part] : []));
  return {
    id: `chatcmpl-${trace}`,
    object: "chat.completion",
    created: Math.floor(host.now() / 1000),
    model,
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: parts.map((part) => (part.type === "text" ? part.text : "")).join(""),
          ...(calls.length === 0
            ? {}
            : {
                tool_calls: calls.map(({ id, name, args }) => ({
                  id,
                  type: "function",
                  function: { name, arguments: args },
                })),
              }),
        },
        finish_reason:
          finish === "tool_calls" || finish === "length" || finish === "content_filter" ? finish : "stop",
      },
    ],
    usage: {
      prompt_tokens: usage.input_tokens,
      completion_tokens: usage.output_tokens,
      total_tokens: usage.input_tokens + usage.output_tokens,
    },
  };
}
