import { z } from "zod";
import { defineTool } from "#contract";
import { path } from "./path.ts";

export const statPath = defineTool({
  name: "fs.stat",
  version: 1,
  title: "Look at a path",
  summary:
    "Say whether a path exists, whether it is a file or a folder, how large it is and when it was changed.",
  keywords: "exists size modified info metadata check vorhanden größe existe tamaño taille",
  input: z.object({ path }),
  output: z.object({
    found: z.boolean().describe("There is something"),
    kind: z.enum(["file", "directory", "other"]).optional().describe("What it is"),
    size: z.int().optional().describe("Bytes"),
    modified_at: z.string().optional().describe("When it was changed last, ISO 8601"),
  }),
  needs: ["fs.stat"],
  effect: "read",
  runs: "anywhere",
  decisive: "path",
  examples: [{ path: "notes/plan.md" }],
  run: async ({ path }, place) => (await place.call("fs.stat", { path })) as never,
});
