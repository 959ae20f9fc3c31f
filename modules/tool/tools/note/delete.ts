import { z } from "zod";
import { defineTool } from "#contract";
import { name, PREFIX } from "./name.ts";

export const deleteNote = defineTool({
  name: "note.delete",
  version: 1,
  title: "Delete a note",
  summary: "Delete a working note.",
  keywords: "scratchpad remove clear discard notiz löschen borrar nota supprimer",
  input: z.object({ name }),
  output: z.object({ ok: z.literal(true).describe("It is gone") }),
  needs: ["store.kv.delete"],
  effect: "write",
  runs: "server",
  repeatable: true,
  decisive: "name",
  examples: [{ name: "plan" }],
  run: async ({ name }, place) => (await place.call("store.kv.delete", { k: PREFIX + name })) as never,
});
