import { z } from "zod";
import { defineTool } from "#contract";

export const readDiary = defineTool({
  name: "diary.read",
  version: 1,
  title: "Read the diary",
  summary: "Entries of the agent's diary over some days, newest first.",
  keywords: "journal log entries past days what happened yesterday last week tagebuch lesen diario journal",
  input: z.object({
    from: z.iso.date().optional().describe("First day, such as 2026-05-01"),
    to: z.iso.date().optional().describe("Last day"),
    limit: z.int().min(1).max(100).default(20).describe("How many entries at most"),
  }),
  output: z.object({
    entries: z
      .array(
        z.object({
          id: z.string().describe("Id of the entry"),
          day: z.string().describe("The day"),
          text: z.string().describe("The entry"),
          at: z.string().describe("When it was written"),
        }),
      )
      .describe("Newest first"),
  }),
  needs: ["mind.diary.read"],
  effect: "read",
  runs: "server",
  examples: [{ from: "2026-05-01", to: "2026-05-07" }],
  run: async (asked, place) => (await place.call("mind.diary.read", asked)) as never,
});
