import { z } from "zod";

const json = z.record(z.string(), z.unknown());

const textPart = z.looseObject({ type: z.literal("text"), text: z.string() });
const imagePart = z.looseObject({
  type: z.literal("image_url"),
  image_url: z.object({ url: z.string().max(32 * 1024 * 1024), detail: z.string().optional() }),
});
const filePart = z.looseObject({
  type: z.literal("file"),
  file: z.object({ file_data: z.string(), filename: z.string().max(255).optional() }),
});
const refusalPart = z.object({ type: z.literal("refusal"), refusal: z.string() });
const contentPart = z.discriminatedUnion("type", [textPart, imagePart, filePart, refusalPart]);
export type ContentPart = z.output<typeof contentPart>;

const toolCall = z.looseObject({
  id: z.string().max(256),
  type: z.literal("function").default("function"),
  function: z.object({ name: z.string().max(256), arguments: z.string() }),
});

const message = z.looseObject({
  role: z.enum(["system", "developer", "user", "assistant", "tool", "function"]),
  content: z
    .union([z.string(), z.array(contentPart), z.null()], {
      error: "expected text, or parts of the types text, image_url, file and refusal",
    })
    .optional(),
  name: z.string().max(256).optional(),
  tool_calls: z.array(toolCall).max(512).nullish(),
  tool_call_id: z.string().max(256).optional(),
  function_call: z.object({ name: z.string().max(256), arguments: z.string() }).nullish(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
});
export type ChatMessage = z.output<typeof message>;

const fn = z.looseObject({
  name: z.string().min(1).max(256),
  description: z.string().optional(),
  parameters: json.optional(),
  strict: z.boolean().nullish(),
});

export type ChatTool = { readonly function: z.output<typeof fn>; readonly [beyond: string]: unknown };

/** Fields of chat completions that mean something here; all others go on to the provider as they are. */
export const chatRequest = z.looseObject({
  model: z.string().max(1024),
  messages: z.array(message).min(1).max(20_000),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.int().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(16)]).nullish(),
  seed: z.int().nullish(),
  presence_penalty: z.number().nullish(),
  frequency_penalty: z.number().nullish(),
  user: z.string().max(256).nullish(),
  tools: z
    .array(z.looseObject({ type: z.literal("function"), function: fn }))
    .max(512)
    .nullish(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required"]),
      z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) }),
    ])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
  functions: z.array(fn).max(512).nullish(),
  function_call: z.union([z.enum(["auto", "none"]), z.object({ name: z.string() })]).nullish(),
  response_format: z
    .union([
      z.object({ type: z.enum(["text", "json_object"]) }),
      z.object({
        type: z.literal("json_schema"),
        json_schema: z.object({
          name: z.string().default("reply"),
          schema: json.default({}),
          strict: z.boolean().nullish(),
        }),
      }),
    ])
    .nullish(),
  reasoning_effort: z.string().nullish(),
});
export type ChatRequest = z.output<typeof chatRequest>;

export const embeddingRequest = z.looseObject({
  model: z.string().max(256),
  input: z.union([z.string(), z.array(z.string()).min(1).max(256)]),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().nullish(),
});
