import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { format, text } from "./format.ts";

export const decodeText = defineTool({
  name: "decode.text",
  version: 1,
  title: "Decode a text",
  summary: "Read a text that was written in base64, hexadecimal, URL or HTML form.",
  keywords: "base64 hex percent unescape urldecode html entities from dekodieren decodificar décoder",
  input: z.object({ encoded: text.describe("The encoded text"), format }),
  output: z.object({ text: z.string().describe("The text") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { encoded: "R3LDvMOfZQ==", format: "base64" },
    { encoded: "a%20b%26c", format: "url" },
  ],
  run({ encoded, format }) {
    try {
      return Promise.resolve({ text: DECODE[format](encoded) });
    } catch (error) {
      throw new FieldworkError("invalid_input", `This is not ${format} of a text.`, {
        remedy: "Check the format; bytes that are no text cannot be shown.",
        cause: error,
      });
    }
  },
});

const utf8 = new TextDecoder("utf-8", { fatal: true });
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

const DECODE = {
  base64: (text: string) => utf8.decode(Uint8Array.fromBase64(text)),
  base64url: (text: string) => utf8.decode(Uint8Array.fromBase64(text, { alphabet: "base64url" })),
  hex: (text: string) => utf8.decode(Uint8Array.fromHex(text.replace(/\s+/g, ""))),
  url: (text: string) => decodeURIComponent(text.replaceAll("+", " ")),
  html: (text: string) =>
    text.replace(
      /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
      (whole, decimal, hex, name: string | undefined) => {
        if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
        return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
      },
    ),
  json(text: string) {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "string") throw new TypeError("no string");
    return value;
  },
} as const;
