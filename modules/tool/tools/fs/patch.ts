import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { atDesk } from "../../desk/index.ts";
import type { WorkPlace } from "../../place.ts";
import { beforeOf, changeFile } from "./change.ts";
import { textOf } from "./content.ts";
import { deleteKeeping } from "./delete.ts";

export const patchFiles = defineTool({
  name: "fs.patch",
  version: 1,
  title: "Apply a patch",
  summary: "Apply a unified diff to one or several files; either all of it fits, or nothing is changed.",
  keywords: "diff unified hunk apply change several files patchen aplicar parche appliquer correctif",
  input: z.object({
    patch: z
      .string()
      .min(1)
      .max(2_000_000)
      .describe("Unified diff with --- and +++ lines; /dev/null for none"),
  }),
  output: z.object({
    files: z
      .array(
        z.object({
          path: z.string().describe("The file"),
          did: z.enum(["changed", "created", "deleted"]).describe("What was done with it"),
          added: z.int().describe("Lines added"),
          removed: z.int().describe("Lines removed"),
        }),
      )
      .describe("Every file of the patch"),
  }),
  needs: ["fs.read", "fs.write", "fs.stat", "fs.delete", "fs.mkdir"],
  effect: "write",
  runs: "anywhere",
  decisive: "patch",
  examples: [
    {
      patch: "--- a/notes/plan.md\n+++ b/notes/plan.md\n@@ -1,2 +1,2 @@\n # Plan\n-Buy seeds\n+Buy tulips\n",
    },
  ],
  async run({ patch }, place: WorkPlace) {
    const parts = await atDesk("readPatch", { patch }, place.signal);
    const seen = new Set<string>();
    const planned = [];
    for (const [at, part] of parts.entries()) {
      const path = part.to ?? part.from;
      if (path === null || path === "")
        throw new FieldworkError("invalid_input", "A part of the patch names no file.");
      if (seen.has(path)) throw new FieldworkError("invalid_input", `The patch has two parts for ${path}.`);
      seen.add(path);
      planned.push(await plan(patch, at, part, path, place));
    }
    const files = [];
    for (const one of planned) {
      if (one.text === null) await deleteKeeping("fs.patch", one.path, place);
      else await changeFile("fs.patch", one.path, one.text, one.before, place, one.own);
      const did = one.text === null ? "deleted" : one.before === null ? "created" : "changed";
      files.push({ path: one.path, did: did as "changed", added: one.added, removed: one.removed });
    }
    return { files };
  },
});

async function plan(
  patch: string,
  at: number,
  {
    from,
    to,
    added,
    removed,
  }: {
    readonly from: string | null;
    readonly to: string | null;
    readonly added: number;
    readonly removed: number;
  },
  path: string,
  place: WorkPlace,
) {
  if (from !== null && to !== null && from !== to)
    throw new FieldworkError("invalid_input", `The patch renames ${from} to ${to}.`, {
      remedy: "Rename it with fs.move, then apply the patch to the new name.",
    });
  const before = await beforeOf(path, place);
  if (before === "too large") throw new FieldworkError("too_large", `${path} is too large for a patch.`);
  if (from !== null && before === null) throw new FieldworkError("not_found", `There is no file ${path}.`);
  if (from === null && before !== null) throw new FieldworkError("conflict", `${path} exists already.`);
  const text = before === null ? "" : textOf(before, path);
  const applied = await atDesk("applyToFile", { patch, at, text }, place.signal);
  if (applied === null)
    throw new FieldworkError("conflict", `The patch does not fit ${path}; nothing was changed.`, {
      remedy: "Read the file as it is now and write the patch anew.",
    });
  const own = before === null || place.changes.isOwn(before);
  return { path, text: to === null ? null : applied, before, added, removed, own };
}
