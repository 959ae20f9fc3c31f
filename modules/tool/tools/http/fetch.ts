import { z } from "zod";
import { capability, defineTool } from "#contract";

const { shape } = capability("http.fetch").input;

export const fetchUrl = defineTool({
  name: "http.fetch",
  version: 1,
  title: "Fetch a URL",
  summary:
    "Send an HTTP request and give the answer as text; for programming interfaces. To read a page use web.read.",
  keywords:
    "download request api rest get post put curl wget call endpoint url abrufen herunterladen anfrage descargar télécharger",
  input: z.object({
    url: z.string().min(1).max(8192).describe("Address with http:// or https://"),
    method: shape.method.describe("HTTP method"),
    headers: shape.headers.describe("Request headers by name"),
    body: z.string().max(4_000_000).optional().describe("Request body as text"),
    max_bytes: z
      .int()
      .min(1)
      .max(4_194_304)
      .default(262_144)
      .describe("How much of the answer's body to read"),
    timeout_ms: z.int().min(100).max(120_000).default(30_000).describe("How long to wait, in milliseconds"),
  }),
  output: z.object({
    status: z.int().describe("HTTP status"),
    headers: z.record(z.string(), z.string()).describe("Answer headers"),
    body: z.string().describe("Answer body as text"),
    truncated: z.boolean().describe("The body was longer than max_bytes"),
  }),
  needs: ["http.fetch"],
  effect: "network",
  runs: "anywhere",
  taints: true,
  decisive: "url",
  examples: [{ url: "https://example.com/api/items" }],
  async run(args, place) {
    const answer = await place.call("http.fetch", args);
    if ((answer as { readonly truncated: boolean }).truncated)
      place.note("The body was longer; raise max_bytes to read more.");
    return answer as never;
  },
});
