import { z } from "zod";
import { defineCapability, EFFECTS } from "../capability.ts";
import { receipt } from "../event.ts";
import { sessionId } from "../message.ts";
import { jsonObject, jsonValue } from "../schema.ts";

const toolSpec = z.object({
  name: z.string(),
  version: z.int(),
  title: z.string(),
  summary: z.string(),
  effect: z.enum(EFFECTS),
  needs: z.array(z.string()),
  runs: z.enum(["server", "relay", "anywhere"]),
  repeatable: z.boolean(),
  input_schema: jsonObject,
  output_schema: jsonObject,
  examples: z.array(jsonValue),
});
export type ToolSpec = z.infer<typeof toolSpec>;

const specs = defineCapability({
  name: "tool.specs",
  summary: "Tools by name with their schemas; without names, those the caller declared.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({
    names: z.array(z.string().max(128)).max(512).optional(),
    all: z.boolean().default(false),
  }),
  output: z.object({ tools: z.array(toolSpec) }),
});
const search = defineCapability({
  name: "tool.search",
  summary: "Find tools by what they do.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({ query: z.string().min(1).max(1024), k: z.int().min(1).max(50).default(8) }),
  output: z.object({ tools: z.array(toolSpec.extend({ score: z.number() })) }),
});
const run = defineCapability({
  name: "tool.run",
  summary: "Run a tool. What it needs is checked with the caller's own grants; the call leaves a receipt.",
  grant: "auto",
  effect: "none",
  long: true,
  input: z.strictObject({
    name: z.string().max(128),
    args: jsonObject.default({}),
    session: sessionId.optional(),
    call: z
      .string()
      .max(256)
      .optional()
      .describe("The id of the model's call that this answers; kept in the receipt"),
  }),
  output: z.object({
    output: jsonValue,
    note: z.string().optional(),
    tainted: z.boolean(),
    receipt: receipt.optional(),
  }),
});

export const tools = [specs, search, run] as const;
