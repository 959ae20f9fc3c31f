import { hash } from "node:crypto";
import { z } from "zod";
import { defineTool } from "#contract";

export const hashText = defineTool({
  name: "hash.text",
  version: 1,
  title: "Hash a text",
  summary: "The SHA-256, SHA-512, SHA-1 or MD5 checksum of a text.",
  keywords: "checksum digest fingerprint sha256 md5 sha1 sha512 prüfsumme suma de comprobación empreinte",
  input: z.object({
    text: z.string().max(1_000_000).describe("The text, taken as UTF-8"),
    algorithm: z
      .enum(["sha256", "sha512", "sha1", "md5"])
      .default("sha256")
      .describe("SHA-1 and MD5 are not safe"),
    encoding: z.enum(["hex", "base64"]).default("hex").describe("How the hash is written"),
  }),
  output: z.object({ hash: z.string().describe("The hash") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ text: "abc" }],
  run: ({ text, algorithm, encoding }) => Promise.resolve({ hash: hash(algorithm, text, encoding) }),
});
