import { z } from "zod";
import { defineTool, type JsonValue, jsonValue, type ToolSpec } from "#contract";
import { record } from "../record.ts";

export const searchTools = defineTool({
  name: "tool.search",
  version: 1,
  title: "Find tools",
  summary: "Find tools for a task among all there are; run what is found with tool.use.",
  keywords: "which tool available capability function can you discover lookup werkzeug herramienta outil",
  input: z.object({
    query: z.string().min(1).max(1000).describe("What is to be done"),
    count: z.int().min(1).max(20).default(5).describe("How many at most"),
  }),
  output: z.object({
    tools: z
      .array(
        z.object({
          name: z.string().describe("Name, for tool.use"),
          summary: z.string().describe("What it does"),
          args: record.describe("JSON Schema of its arguments"),
          example: jsonValue.optional().describe("Arguments that work"),
        }),
      )
      .describe("Best first; empty where none fits"),
  }),
  needs: ["tool.search"],
  effect: "read",
  runs: "server",
  examples: [{ query: "compare two texts" }],
  async run({ query, count }, place) {
    const found = await place.call("tool.search", { query, k: count });
    const { tools } = found as unknown as { readonly tools: readonly ToolSpec[] };
    return {
      tools: tools.map(({ name, summary, input_schema, examples: [example] }) => ({
        name,
        summary,
        args: input_schema as Record<string, JsonValue>,
        ...(example === undefined ? {} : { example }),
      })),
    };
  },
});
