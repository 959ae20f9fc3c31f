import { z } from "zod";
import { defineTool } from "#contract";

export const listFolder = defineTool({
  name: "fs.list",
  version: 1,
  title: "List a folder",
  summary: "List the files and folders in a folder, with kind and size.",
  keywords:
    "ls dir directory what files are there contents auflisten ordner verzeichnis listar carpeta lister dossier",
  input: z.object({
    path: z
      .string()
      .max(4096)
      .default("")
      .describe("Folder in the workspace; empty for the workspace itself"),
    limit: z.int().min(1).max(1000).default(200).describe("How many entries at most"),
  }),
  output: z.object({
    entries: z
      .array(
        z.object({
          name: z.string().describe("Name in the folder"),
          kind: z.enum(["file", "directory", "other"]).describe("What it is"),
          size: z.int().describe("Bytes"),
          modified_at: z.string().describe("When it was changed last, ISO 8601"),
        }),
      )
      .describe("Sorted by name"),
    truncated: z.boolean().describe("There are more"),
  }),
  needs: ["fs.list"],
  effect: "read",
  runs: "anywhere",
  decisive: "path",
  examples: [{}, { path: "notes" }],
  async run({ path, limit }, place) {
    const found = await place.call("fs.list", { path, limit });
    const { truncated } = found as { readonly truncated: boolean };
    if (truncated) place.note("There is more; raise limit, or look for names with fs.glob.");
    return found as never;
  },
});
