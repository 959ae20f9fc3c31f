import { z } from "zod";
import { defineTool } from "#contract";
import type { WorkPlace } from "../../place.ts";
import { beforeOf, changeFile } from "./change.ts";
import { path } from "./path.ts";

export const writeFile = defineTool({
  name: "fs.write",
  version: 1,
  title: "Write a file",
  summary: "Write a text file whole: a new one, or in place of the old one. Folders are made as needed.",
  keywords:
    "create save new overwrite store put file schreiben speichern anlegen datei escribir guardar écrire enregistrer",
  input: z.object({ path, content: z.string().max(8_000_000).describe("The whole new text") }),
  output: z.object({
    bytes: z.int().describe("Size of the file now"),
    created: z.boolean().describe("The file is new"),
    undoable: z.boolean().describe("fs.undo can take it back"),
  }),
  needs: ["fs.write", "fs.read", "fs.stat", "fs.mkdir"],
  effect: "write",
  runs: "anywhere",
  repeatable: true,
  decisive: "path",
  examples: [{ path: "notes/plan.md", content: "# Plan\nBuy seeds\n" }],
  async run({ path, content }, place: WorkPlace) {
    return await changeFile("fs.write", path, content, await beforeOf(path, place), place, true);
  },
});
