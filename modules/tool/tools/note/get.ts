import { z } from "zod";
import { defineTool } from "#contract";
import { name, PREFIX } from "./name.ts";

interface Kept {
  readonly value: { readonly text?: unknown; readonly outside?: unknown } | null;
  readonly found: boolean;
}

export const getNote = defineTool({
  name: "note.get",
  version: 1,
  title: "Read a note",
  summary: "Read a working note by its name.",
  keywords: "scratchpad fetch show saved value notiz lesen anzeigen leer nota lire",
  input: z.object({ name }),
  output: z.object({
    found: z.boolean().describe("There is such a note"),
    text: z.string().describe("The note; empty where there is none"),
  }),
  needs: ["store.kv.get"],
  effect: "read",
  runs: "server",
  examples: [{ name: "plan" }],
  async run({ name }, place) {
    const { value, found } = (await place.call("store.kv.get", { k: PREFIX + name })) as unknown as Kept;
    const text = typeof value?.text === "string" ? value.text : "";
    // What was noted while something from outside had been read is marked again.
    if (found && value?.outside !== false) place.taint();
    return { found, text };
  },
});
