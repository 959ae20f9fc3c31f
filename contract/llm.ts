import { z } from "zod";
import { jsonObject } from "./schema.ts";

/**
 * The one lossless form of a conversation with a model; every dialect is translated into it and out of it. What a dialect has
 * beyond it is carried in `extra` under the dialect's name, as in `{"anthropic": {"cache_control": …}}`, and given back to it
 * unchanged.
 */
const extra = jsonObject.optional();
const id = z.string().max(256);

export const textPart = z.object({ type: z.literal("text"), text: z.string(), extra });
export const imagePart = z.object({
  type: z.literal("image"),
  /** `image/png`, … with `data` in base64; or a `url`; `blob:SHA256` is an attachment of the asking agent. */
  media_type: z.string().max(128).optional(),
  data: z.string().optional(),
  url: z.string().optional(),
  extra,
});
export const filePart = z.object({
  type: z.literal("file"),
  media_type: z.string().max(128),
  name: z.string().max(255).optional(),
  data: z.string(),
  extra,
});
/** What the model thought; `signature` must go back to it unchanged. Without text: it was redacted, see `extra`. */
export const thinkingPart = z.object({
  type: z.literal("thinking"),
  text: z.string(),
  signature: z.string().optional(),
  extra,
});
/** `args` is the model's own text, which may not be JSON. */
export const toolCallPart = z.object({
  type: z.literal("tool_call"),
  id,
  name: z.string().max(256),
  args: z.string(),
  extra,
});
export const toolResultPart = z.object({
  type: z.literal("tool_result"),
  id,
  name: z.string().max(256).optional(),
  content: z.array(z.discriminatedUnion("type", [textPart, imagePart])),
  is_error: z.boolean().optional(),
  extra,
});
export const llmPart = z.discriminatedUnion("type", [
  textPart,
  imagePart,
  filePart,
  thinkingPart,
  toolCallPart,
  toolResultPart,
]);
export type LlmPart = z.infer<typeof llmPart>;

export const LLM_ROLES = ["system", "user", "assistant", "tool"] as const;
export const llmMessage = z.object({
  role: z.enum(LLM_ROLES),
  /** A string is one text part. */
  content: z.union([z.string(), z.array(llmPart)]),
  name: z.string().max(256).optional(),
  extra,
});
export type LlmMessage = z.infer<typeof llmMessage>;

export const llmTool = z.object({
  name: z.string().min(1).max(256),
  description: z.string().default(""),
  /** JSON Schema of the arguments. */
  parameters: jsonObject,
  strict: z.boolean().optional(),
  extra,
});
export type LlmTool = z.infer<typeof llmTool>;

export const llmUsage = z.object({
  input_tokens: z.int(),
  output_tokens: z.int(),
  /** Parts of `input_tokens`. */
  cache_read_tokens: z.int().default(0),
  cache_write_tokens: z.int().default(0),
  /** Part of `output_tokens`. */
  thinking_tokens: z.int().default(0),
});
export type LlmUsage = z.infer<typeof llmUsage>;

export const FINISHES = ["stop", "length", "tool_calls", "content_filter", "stopped", "error"] as const;

export const llmRequest = z.strictObject({
  messages: z.array(llmMessage).min(1).max(20_000),
  /** A model's name as `fw model list` shows it; candidates, separated by commas, are tried in order; default: the agent's, then the system's. */
  model: z.string().max(1024).optional(),
  tools: z.array(llmTool).max(512).optional(),
  tool_choice: z
    .union([z.enum(["auto", "none", "required"]), z.strictObject({ name: z.string() })])
    .optional(),
  parallel_tool_calls: z.boolean().optional(),
  response_format: z
    .union([
      z.strictObject({ type: z.enum(["text", "json_object"]) }),
      z.strictObject({
        type: z.literal("json_schema"),
        json_schema: z.object({
          name: z.string().default("reply"),
          schema: jsonObject,
          strict: z.boolean().optional(),
        }),
      }),
    ])
    .optional(),
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  max_tokens: z.int().min(1).optional(),
  /** The call may cost this at most, in US dollars; a candidate that could cost more, or whose price is unknown, is not asked. */
  max_usd: z.number().min(0).optional(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).optional(),
  seed: z.int().optional(),
  presence_penalty: z.number().optional(),
  frequency_penalty: z.number().optional(),
  thinking: z
    .union([z.enum(["off", "low", "medium", "high"]), z.strictObject({ budget_tokens: z.int().min(0) })])
    .optional(),
  /** A session (or any word the caller chose): deltas go to its live stream while the caller waits. */
  stream_to: z.string().max(256).optional(),
  user: z.string().max(256).optional(),
  extra,
});
export type LlmRequest = z.infer<typeof llmRequest>;

export const llmReply = z.object({
  message: llmMessage,
  finish: z.enum(FINISHES),
  usage: llmUsage,
  cost_usd: z.number().nullable(),
  model: z.string(),
  /** The host that answered, or `builtin`. */
  provider: z.string(),
  /** Candidates that were tried before, with the code of their failure. */
  tried: z.array(z.object({ model: z.string(), code: z.string(), message: z.string() })).default([]),
  extra,
});
export type LlmReply = z.infer<typeof llmReply>;

/**
 * What a stream consists of; the reply at its end is the whole of it. The `data` of a live event `llm.delta` is one of these
 * (`client.delta` for programs that use the gateway, which have no session).
 * Calls of tools are numbered from 0 in the order they begin; `id` and `name` come once, with the first piece.
 */
export type LlmDelta =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly text: string }
  | {
      readonly type: "tool_call";
      readonly index: number;
      readonly id?: string;
      readonly name?: string;
      readonly args?: string;
    };

/**
 * Where a delta belongs: the answer it is of, a later one having the larger number; and how many characters of its text, thinking or
 * arguments came before. So whoever reads what was said so far and hears the rest can join both, whichever came first.
 */
export interface LlmDeltaPlace {
  readonly completion: number;
  readonly offset: number;
}
