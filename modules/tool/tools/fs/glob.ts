import { z } from "zod";
import { defineTool } from "#contract";

export const globFiles = defineTool({
  name: "fs.glob",
  version: 1,
  title: "Find files by name",
  summary: "Find files whose path fits a pattern such as `**/*.md`.",
  keywords:
    "search locate find filename pattern wildcard extension dateien finden suchen buscar archivos chercher fichiers",
  input: z.object({
    pattern: z
      .string()
      .min(1)
      .max(512)
      .describe("`*`, `?`, `[a-z]`, `{a,b}`, `**` across folders; without `/` it fits names at any depth"),
    path: z.string().max(4096).default("").describe("Folder to search; empty for the whole workspace"),
    limit: z.int().min(1).max(1000).default(200).describe("How many files at most"),
  }),
  output: z.object({
    files: z.array(z.string()).describe("Paths in the order of folders and names"),
    truncated: z.boolean().describe("There are more"),
  }),
  needs: ["fs.search"],
  effect: "read",
  runs: "anywhere",
  decisive: "path",
  examples: [{ pattern: "*.md" }, { pattern: "notes/**" }],
  async run({ pattern, path, limit }, place) {
    const { matches, truncated } = (await place.call("fs.search", {
      glob: pattern,
      path,
      limit,
    })) as unknown as {
      readonly matches: readonly { readonly path: string }[];
      readonly truncated: boolean;
    };
    if (truncated) place.note("There is more; make the pattern narrower or raise limit.");
    return { files: matches.map((match) => match.path), truncated };
  },
});
