import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { type Change, contentHash } from "../../changes.ts";
import type { WorkPlace } from "../../place.ts";
import { readWhole, statOf } from "./content.ts";
import { path, plainPath } from "./path.ts";

const COUNT_MAX = 20;

export const undoChange = defineTool({
  name: "fs.undo",
  version: 1,
  title: "Undo file changes",
  summary:
    "Take back the last changes that file tools made, newest first; of one path or of all. With `list`, only show them.",
  keywords: "revert restore take back rollback previous version rückgängig wiederherstellen deshacer annuler",
  input: z.object({
    path: path.optional().describe("Only changes of this file"),
    count: z
      .int()
      .min(1)
      .max(COUNT_MAX)
      .optional()
      .describe(
        `How many changes; one is taken back where nothing is said, and with list ${COUNT_MAX} are shown`,
      ),
    list: z.boolean().default(false).describe("Show the last changes, take nothing back"),
  }),
  output: z.object({
    changes: z
      .array(
        z.object({
          path: z.string().describe("The file"),
          tool: z.string().describe("The tool that changed it"),
          at: z.string().describe("When, ISO 8601"),
          undone: z.boolean().describe("It is as it was before"),
        }),
      )
      .describe("The changes, newest first"),
  }),
  needs: ["fs.read", "fs.write", "fs.stat", "fs.delete", "fs.move"],
  effect: "write",
  runs: "anywhere",
  decisive: "path",
  examples: [{ list: true }],
  async run({ path, list, count = list ? COUNT_MAX : 1 }, place: WorkPlace) {
    const found = place.changes.newest(path === undefined ? undefined : plainPath(path), count);
    if (!list) {
      if (found.length === 0)
        throw new FieldworkError("not_found", "There is no change that could be undone.");
      for (const [done, change] of found.entries()) {
        await takeBack(change, place, done);
        place.changes.drop(change.id);
      }
    }
    return {
      changes: found.map(({ path, tool, at }) => ({
        path,
        tool,
        at: new Date(at).toISOString(),
        undone: !list,
      })),
    };
  },
});

async function takeBack(change: Change, place: WorkPlace, done: number): Promise<void> {
  if (change.kind === "move") {
    await place.call("fs.move", { from: change.movedTo, to: change.path });
    return;
  }
  const { path, before, after } = change;
  const { found } = await statOf(path, place);
  const now = found ? contentHash(await readWhole(path, place)) : null;
  if (now !== after)
    throw new FieldworkError(
      "conflict",
      `${path} was changed since by something else; it is left as it is.`,
      {
        remedy: "Read the file and mend it by hand.",
        details: { undone: done },
      },
    );
  if (before === null) await place.call("fs.delete", { path });
  else
    await place.call("fs.write", {
      path,
      content: Buffer.from(before).toString("base64"),
      encoding: "base64",
    });
}
