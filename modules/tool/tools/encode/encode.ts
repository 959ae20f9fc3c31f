import { z } from "zod";
import { defineTool } from "#contract";
import { format, text } from "./format.ts";

export const encodeText = defineTool({
  name: "encode.text",
  version: 1,
  title: "Encode a text",
  summary: "Write a text in base64, hexadecimal, URL or HTML form.",
  keywords: "base64 hex percent escape urlencode html entities to kodieren codificar encoder",
  input: z.object({ text: text.describe("The text"), format }),
  output: z.object({ encoded: z.string().describe("The encoded text") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { text: "Grüße", format: "base64" },
    { text: "a b&c", format: "url" },
  ],
  run: ({ text, format }) => Promise.resolve({ encoded: ENCODE[format](text.toWellFormed()) }),
});

const ENCODE = {
  base64: (text: string) => Buffer.from(text).toString("base64"),
  base64url: (text: string) => Buffer.from(text).toString("base64url"),
  hex: (text: string) => Buffer.from(text).toString("hex"),
  url: encodeURIComponent,
  html: (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`),
  json: (text: string) => JSON.stringify(text),
} as const;
