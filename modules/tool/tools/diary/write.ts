import { z } from "zod";
import { defineTool } from "#contract";

export const writeDiary = defineTool({
  name: "diary.write",
  version: 1,
  title: "Write in the diary",
  summary: "Write an entry in the agent's diary, of today or another day.",
  keywords: "journal log entry daily reflect happened today tagebuch eintrag schreiben diario journal intime",
  input: z.object({
    text: z.string().min(1).max(16_000).describe("The entry"),
    day: z.iso.date().optional().describe("The day, such as 2026-05-03; today by default"),
  }),
  output: z.object({ id: z.string().describe("Id of the entry") }),
  needs: ["mind.diary.write"],
  effect: "write",
  runs: "server",
  examples: [{ text: "Planned the garden with the owner.", day: "2026-05-03" }],
  run: async (entry, place) => (await place.call("mind.diary.write", entry)) as never,
});
