import { z } from "zod";
import { defineTool, estimateTokens } from "#contract";
import { atDesk } from "../../desk/index.ts";
import { text } from "./text.ts";

export const countText = defineTool({
  name: "text.count",
  version: 1,
  title: "Count in a text",
  summary:
    "Count the characters, words, lines, sentences and bytes of a text, and how often a piece occurs in it.",
  keywords:
    "how many length size letters wc number occurrences zählen wörter zeichen wie viele contar palabras compter mots",
  input: z.object({
    text,
    find: z.string().min(1).max(10_000).optional().describe("Count how often this piece occurs"),
  }),
  output: z.object({
    characters: z.int().describe("As people count them: an emoji is one"),
    words: z.int().describe("Words, in any language"),
    lines: z.int().describe("Lines"),
    sentences: z.int().describe("Sentences"),
    bytes: z.int().describe("Bytes of UTF-8"),
    tokens: z.int().describe("Tokens of a model at most, estimated"),
    found: z.int().optional().describe("How often `find` occurs"),
  }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ text: "Two words.\nTwo lines.", find: "Two" }],
  async run({ text, find }, place) {
    return {
      ...(await atDesk("count", { text }, place.signal)),
      lines: text === "" ? 0 : text.replace(/\n$/, "").split("\n").length,
      bytes: Buffer.byteLength(text),
      tokens: estimateTokens(text),
      ...(find === undefined ? {} : { found: text.split(find).length - 1 }),
    };
  },
});
