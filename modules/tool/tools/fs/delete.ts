import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { UNDO_MAX_BYTES } from "../../changes.ts";
import type { WorkPlace } from "../../place.ts";
import { readWhole, statOf } from "./content.ts";
import { path, plainPath } from "./path.ts";

export const deleteFile = defineTool({
  name: "fs.delete",
  version: 1,
  title: "Delete a file or folder",
  summary:
    "Delete a file, an empty folder, or with `recursive` a folder and all in it. A deleted file can be undone, a folder not.",
  keywords: "remove erase rm trash unlink löschen entfernen borrar eliminar supprimer",
  input: z.object({
    path,
    recursive: z.boolean().default(false).describe("Delete a folder with all in it"),
  }),
  output: z.object({ undoable: z.boolean().describe("fs.undo can take it back") }),
  needs: ["fs.delete", "fs.stat", "fs.read"],
  effect: "write",
  runs: "anywhere",
  decisive: "path",
  examples: [{ path: "notes/plan.md" }],
  async run({ path, recursive }, place: WorkPlace) {
    const { found, kind } = await statOf(path, place);
    if (!found) throw new FieldworkError("not_found", `There is nothing at ${path}.`);
    if (kind === "file") return { undoable: await deleteKeeping("fs.delete", path, place) };
    await place.call("fs.delete", { path, recursive });
    return { undoable: false };
  },
});

/** Deletes a file, which is kept for `fs.undo` first. Gives whether it was small enough to be. */
export async function deleteKeeping(tool: string, path: string, place: WorkPlace): Promise<boolean> {
  const { size = 0 } = await statOf(path, place);
  const before = size > UNDO_MAX_BYTES ? undefined : await readWhole(path, place);
  const change = before
    ? place.changes.add({ kind: "content", tool, path: plainPath(path), before, after: null })
    : undefined;
  try {
    await place.call("fs.delete", { path });
  } catch (error) {
    if (change !== undefined) place.changes.drop(change);
    throw error;
  }
  return change !== undefined;
}
