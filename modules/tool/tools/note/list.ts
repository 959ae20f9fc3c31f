import { z } from "zod";
import { defineTool } from "#contract";
import { PREFIX } from "./name.ts";

export const listNotes = defineTool({
  name: "note.list",
  version: 1,
  title: "List notes",
  summary: "The names of the working notes.",
  keywords: "scratchpad all saved names which notizen liste auflisten notas lister",
  input: z.object({ after: z.string().max(200).optional().describe("Only names behind this one, to go on") }),
  output: z.object({
    names: z.array(z.string()).describe("Names in order"),
    truncated: z.boolean().describe("There are more"),
  }),
  needs: ["store.kv.list"],
  effect: "read",
  runs: "server",
  examples: [{}],
  async run({ after }, place) {
    const { keys, truncated } = (await place.call("store.kv.list", {
      prefix: PREFIX,
      ...(after === undefined ? {} : { after: PREFIX + after }),
    })) as unknown as { readonly keys: readonly string[]; readonly truncated: boolean };
    return { names: keys.map((key) => key.slice(PREFIX.length)), truncated };
  },
});
