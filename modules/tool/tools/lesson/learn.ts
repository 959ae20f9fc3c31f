import { z } from "zod";
import { defineTool } from "#contract";

export const learn = defineTool({
  name: "lesson.learn",
  version: 1,
  title: "Learn a lesson",
  summary:
    "Keep what went wrong in a situation and what works better, so that it is recalled before the same situation.",
  keywords:
    "mistake avoid improve better way experience failure correction fehler lernen lektion lección aprender leçon",
  input: z.object({
    situation: z.string().min(1).max(2000).describe("When it applies"),
    mistake: z.string().min(1).max(2000).describe("What went wrong"),
    better: z.string().min(1).max(2000).describe("What to do instead"),
    severity: z.enum(["low", "medium", "high"]).default("medium").describe("How bad the mistake is"),
  }),
  output: z.object({
    id: z.string().describe("Id of the lesson"),
    hits: z.int().describe("How often it was learned"),
  }),
  needs: ["mind.lesson.add"],
  effect: "write",
  runs: "server",
  examples: [
    {
      situation: "Writing dates for the owner",
      mistake: "Wrote 03/04, which was misread",
      better: "Write the month as a word",
    },
  ],
  run: async (lesson, place) => (await place.call("mind.lesson.add", lesson)) as never,
});
