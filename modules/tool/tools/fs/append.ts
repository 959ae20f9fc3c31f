import { z } from "zod";
import { defineTool } from "#contract";
import type { WorkPlace } from "../../place.ts";
import { beforeOf, changeFile } from "./change.ts";
import { textOf } from "./content.ts";
import { path } from "./path.ts";

export const appendFile = defineTool({
  name: "fs.append",
  version: 1,
  title: "Append to a file",
  summary: "Add text at the end of a file; makes the file where there is none.",
  keywords: "add to end log extend write more line anhängen hinzufügen añadir ajouter",
  input: z.object({
    path,
    content: z.string().min(1).max(8_000_000).describe("Text to add, with its line breaks"),
  }),
  output: z.object({
    bytes: z.int().describe("Size of the file now, where it is known; else of what was added"),
    created: z.boolean().describe("The file is new"),
    undoable: z.boolean().describe("fs.undo can take it back"),
  }),
  needs: ["fs.write", "fs.read", "fs.stat", "fs.mkdir"],
  effect: "write",
  runs: "anywhere",
  decisive: "path",
  examples: [{ path: "notes/log.txt", content: "first entry\n" }],
  async run({ path, content }, place: WorkPlace) {
    const before = await beforeOf(path, place);
    if (before === "too large") {
      await place.call("fs.write", { path, content, mode: "append" });
      place.note("The file was too large to keep what it was: this change cannot be undone.");
      return { bytes: Buffer.byteLength(content), created: false, undoable: false };
    }
    const own = before === null || place.changes.isOwn(before);
    const text = before === null ? content : textOf(before, path) + content;
    return await changeFile("fs.append", path, text, before, place, own);
  },
});
