import { z } from "zod";
import { defineTool } from "#contract";
import { atDesk } from "../../desk/index.ts";
import { text } from "./text.ts";

export const replaceText = defineTool({
  name: "text.replace",
  version: 1,
  title: "Replace in a text",
  summary: "Replace a piece of a text, or what a regular expression finds.",
  keywords: "substitute regex swap sed find and replace string ersetzen austauschen reemplazar remplacer",
  input: z.object({
    text,
    find: z.string().min(1).max(10_000).describe("Plain text, or a regular expression with `regex`"),
    replacement: z
      .string()
      .max(100_000)
      .describe("What stands there instead; with `regex` $1 and $& stand for what was found"),
    regex: z
      .boolean()
      .default(false)
      .describe("Take `find` as a regular expression; ^ and $ fit at each line"),
    ignore_case: z.boolean().default(false).describe("Capital and small letters are the same"),
    all: z.boolean().default(true).describe("Every occurrence, not only the first"),
  }),
  output: z.object({
    text: z.string().describe("The new text"),
    replaced: z.int().describe("How many were replaced"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { text: "red car, red bus", find: "red", replacement: "blue" },
    { text: "2024-05-03", find: "(\\d+)-(\\d+)-(\\d+)", replacement: "$3.$2.$1", regex: true },
  ],
  async run({ text, find, replacement, regex, ignore_case, all }, place) {
    const done = await atDesk(
      "replace",
      {
        text,
        pattern: regex ? find : RegExp.escape(find),
        replacement: regex ? replacement : replacement.replaceAll("$", "$$$$"),
        ignoreCase: ignore_case,
        all,
      },
      place.signal,
    );
    return { text: done.text, replaced: done.count };
  },
});
