import { z } from "zod";
import { defineTool } from "#contract";

export const cancelSchedule = defineTool({
  name: "schedule.cancel",
  version: 1,
  title: "Cancel a wake-up",
  summary: "Cancel a planned wake-up; its id is in schedule.list.",
  keywords: "delete remove stop reminder alarm timer absagen löschen erinnerung cancelar annuler",
  input: z.object({ id: z.string().min(1).max(64).describe("Id of the wake-up") }),
  output: z.object({ cancelled: z.boolean().describe("false: there was none") }),
  needs: ["schedule.cancel"],
  effect: "write",
  runs: "server",
  repeatable: true,
  decisive: "id",
  examples: [{ id: "morning-report" }],
  run: async (asked, place) => (await place.call("schedule.cancel", asked)) as never,
});
