import { z } from "zod";
import { defineTool } from "#contract";
import { path } from "./path.ts";

export const makeFolder = defineTool({
  name: "fs.mkdir",
  version: 1,
  title: "Make a folder",
  summary: "Make a folder and the folders above it.",
  keywords: "create directory new mkdir ordner anlegen erstellen crear carpeta créer dossier",
  input: z.object({ path }),
  output: z.object({ ok: z.literal(true).describe("The folder is there") }),
  needs: ["fs.mkdir"],
  effect: "write",
  runs: "anywhere",
  repeatable: true,
  decisive: "path",
  examples: [{ path: "notes/archive" }],
  async run({ path }, place) {
    await place.call("fs.mkdir", { path });
    return { ok: true as const };
  },
});
