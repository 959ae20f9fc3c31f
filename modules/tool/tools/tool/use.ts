import { z } from "zod";
import { defineTool, jsonValue } from "#contract";
import { record } from "../record.ts";

/** Stands for the tool it names; the module resolves it, so that the call is journaled as what it is. */
export const useTool = defineTool({
  name: "tool.use",
  version: 1,
  title: "Run a found tool",
  summary: "Run a tool by its name, such as one that tool.search found.",
  keywords: "call execute invoke other tool by name ausführen ejecutar exécuter",
  input: z.object({
    name: z.string().min(1).max(128).describe("Name of the tool"),
    args: record.default({}).describe("Its arguments, by its own schema"),
  }),
  output: jsonValue.describe("What the tool gives"),
  needs: ["tool.run"],
  effect: "none",
  runs: "server",
  examples: [{ name: "text.count", args: { text: "How long is this?" } }],
  async run({ name, args }, place) {
    const { output } = (await place.call("tool.run", { name, args })) as { readonly output: never };
    return output;
  },
});
