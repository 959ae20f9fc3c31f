import { z } from "zod";
import { defineTool } from "#contract";
import { atDesk } from "../../desk/index.ts";
import { text } from "./text.ts";

export const diffText = defineTool({
  name: "text.diff",
  version: 1,
  title: "Compare two texts",
  summary: "Show as a unified diff what differs between two texts, line by line.",
  keywords:
    "difference changes versions compare unterschied vergleichen diferencia comparar différence comparer",
  input: z.object({
    before: text.describe("The first text"),
    after: text.describe("The second text"),
    name: z.string().max(256).default("text").describe("Name to show in the diff's header"),
    context: z.int().min(0).max(20).default(3).describe("Unchanged lines around each change"),
  }),
  output: z.object({
    diff: z.string().describe("Unified diff; empty where nothing differs"),
    same: z.boolean().describe("The texts are equal"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ before: "one\ntwo\n", after: "one\nthree\n" }],
  async run({ before, after, name, context }, place) {
    const names = { beforeName: `a/${name}`, afterName: `b/${name}` };
    const diff = await atDesk("difference", { before, after, context, ...names }, place.signal);
    return { diff, same: before === after };
  },
});
