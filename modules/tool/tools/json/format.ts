import { z } from "zod";
import { canonicalJson, defineTool } from "#contract";
import { document, givenValue } from "./document.ts";

export const formatJson = defineTool({
  name: "json.format",
  version: 1,
  title: "Format JSON",
  summary: "Write JSON indented for reading, compact, or canonical with sorted keys.",
  keywords:
    "pretty print beautify minify stringify indent sort keys formatieren einrücken formatear formater",
  input: z.object({
    json: document,
    style: z.enum(["indented", "compact", "canonical"]).default("indented").describe("How to write it"),
  }),
  output: z.object({ text: z.string().describe("The JSON text") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ json: '{"b":1,"a":[2]}' }, { json: { b: 1, a: 2 }, style: "canonical" }],
  run({ json, style }) {
    const value = givenValue(json);
    const text =
      style === "canonical" ? canonicalJson(value) : JSON.stringify(value, null, style === "compact" ? 0 : 2);
    return Promise.resolve({ text });
  },
});
