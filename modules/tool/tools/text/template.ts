import { z } from "zod";
import { defineTool, FieldworkError, type JsonValue } from "#contract";
import { step } from "../json/index.ts";
import { record } from "../record.ts";
import { text } from "./text.ts";

const RESULT_MAX_CHARS = 1_000_000;

export const fillTemplate = defineTool({
  name: "text.template",
  version: 1,
  title: "Fill in a template",
  summary: "Put values into a text where it says {{name}} or {{customer.name}}.",
  keywords:
    "placeholder variables substitute mail merge render fill form vorlage ausfüllen platzhalter plantilla rellenar modèle remplir",
  input: z.object({
    template: text.describe("Text with {{name}}; {{customer.name}} and {{items.0}} go into values"),
    values: record.describe("The values by name"),
    missing: z
      .enum(["error", "empty", "keep"])
      .default("error")
      .describe("What to do where a value is missing"),
  }),
  output: z.object({
    text: z.string().describe("The text with the values"),
    missing: z.array(z.string()).describe("Names without a value"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { template: "Dear {{guest.name}}, table {{table}}.", values: { guest: { name: "Ann" }, table: 4 } },
  ],
  run({ template, values, missing }) {
    const lacking = new Set<string>();
    let chars = 0;
    const filled = template.replace(/\{\{\s*([^{}\s]{1,256})\s*\}\}/g, (whole, name: string) => {
      const value = name.split(".").reduce<JsonValue | undefined>((from, key) => step(from, key), values);
      if (value === undefined) {
        lacking.add(name);
        return missing === "keep" ? whole : "";
      }
      const put = typeof value === "string" ? value : JSON.stringify(value);
      chars += put.length;
      if (chars > RESULT_MAX_CHARS) throw new FieldworkError("too_large", "The text would become too long.");
      return put;
    });
    if (missing === "error" && lacking.size > 0)
      throw new FieldworkError(
        "invalid_input",
        `There is no value for ${[...lacking].slice(0, 20).join(", ")}.`,
        {
          remedy: "Give the values, or set missing to empty or keep.",
        },
      );
    return Promise.resolve({ text: filled, missing: [...lacking] });
  },
});
