import { z } from "zod";
import { defineTool } from "#contract";

export const forget = defineTool({
  name: "memory.forget",
  version: 1,
  title: "Forget a memory",
  summary: "Forget one memory for good; it cannot be brought back. Find its id with memory.recall.",
  keywords: "delete remove erase memory privacy vergessen löschen olvidar oublier",
  input: z.object({ id: z.string().min(1).max(64).describe("Id of the memory") }),
  output: z.object({ forgotten: z.int().describe("How many were forgotten: 0 where there was none") }),
  needs: ["store.brain.forget"],
  effect: "write",
  runs: "server",
  repeatable: true,
  decisive: "id",
  examples: [{ id: "m-1" }],
  run: async ({ id }, place) => (await place.call("store.brain.forget", { id })) as never,
});
