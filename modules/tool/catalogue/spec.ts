import type { Tool, ToolSpec } from "#contract";
import { toolSchema } from "./schema.ts";

/** A tool as data: what its faces are made from. */
export const specOf = (tool: Tool): ToolSpec => ({
  name: tool.name,
  version: tool.version,
  title: tool.title,
  summary: tool.summary,
  effect: tool.effect,
  needs: [...tool.needs],
  runs: tool.runs,
  repeatable: isRepeatable(tool),
  input_schema: toolSchema(tool.input, "input"),
  output_schema: toolSchema(tool.output, "output"),
  examples: (tool.examples ?? []) as ToolSpec["examples"],
});

/** What reads may always be run again. */
export const isRepeatable = ({ effect, repeatable }: Tool): boolean =>
  repeatable ?? (effect === "none" || effect === "read");
