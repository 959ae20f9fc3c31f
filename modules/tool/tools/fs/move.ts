import { z } from "zod";
import { defineTool } from "#contract";
import type { WorkPlace } from "../../place.ts";
import { path, plainPath } from "./path.ts";

export const moveFile = defineTool({
  name: "fs.move",
  version: 1,
  title: "Move or rename",
  summary: "Move or rename a file or folder; nothing is overwritten.",
  keywords: "rename mv relocate new name verschieben umbenennen mover renombrar déplacer renommer",
  input: z.object({
    from: path.describe("What is moved"),
    to: path.describe("Its new path, with the name"),
  }),
  output: z.object({ undoable: z.boolean().describe("fs.undo can take it back") }),
  needs: ["fs.move"],
  effect: "write",
  runs: "anywhere",
  decisive: "to",
  examples: [{ from: "notes/plan.md", to: "notes/old-plan.md" }],
  async run({ from, to }, place: WorkPlace) {
    await place.call("fs.move", { from, to });
    place.changes.add({ kind: "move", tool: "fs.move", path: plainPath(from), movedTo: plainPath(to) });
    return { undoable: true };
  },
});
