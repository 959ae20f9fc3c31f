import { z } from "zod";
import { defineTool, type JsonValue } from "#contract";
import { atDesk } from "../../desk/index.ts";
import { record } from "../record.ts";
import { document } from "./document.ts";

export const validateJson = defineTool({
  name: "json.validate",
  version: 1,
  title: "Check JSON",
  summary:
    "Check whether a text is JSON and, where a JSON Schema is given, whether the value fits it; every problem with its path.",
  keywords: "verify schema valid syntax error lint prüfen gültig schema validar vérifier valider",
  input: z.object({
    json: document,
    schema: record.optional().describe("JSON Schema the value has to fit"),
  }),
  output: z.object({
    valid: z.boolean().describe("It is JSON and fits"),
    problems: z.array(z.string()).describe("What is wrong, each with its path"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { json: '{"age": 3' },
    { json: { age: "3" }, schema: { type: "object", properties: { age: { type: "integer" } } } },
  ],
  async run({ json, schema }, place) {
    let value = json;
    if (typeof json === "string") {
      try {
        value = JSON.parse(json) as JsonValue;
      } catch (error) {
        // With a schema of a text, the text is meant as the value itself.
        if (schema?.type !== "string") return { valid: false, problems: [(error as Error).message] };
      }
    }
    const problems = schema === undefined ? [] : await atDesk("validate", { value, schema }, place.signal);
    return { valid: problems.length === 0, problems };
  },
});
