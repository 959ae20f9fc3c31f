import { z } from "zod";
import { defineTool, type Lesson } from "#contract";

export const recallLessons = defineTool({
  name: "lesson.recall",
  version: 1,
  title: "Recall lessons",
  summary: "The lessons learned that fit a situation.",
  keywords: "past mistakes experience advice warn before erfahrungen fehler frühere lecciones leçons",
  input: z.object({
    situation: z.string().min(1).max(2000).describe("What is about to be done"),
    count: z.int().min(1).max(10).default(3).describe("How many at most"),
  }),
  output: z.object({
    lessons: z
      .array(
        z.object({
          id: z.string().describe("Id of the lesson"),
          situation: z.string().describe("When it applies"),
          mistake: z.string().describe("What went wrong"),
          better: z.string().describe("What to do instead"),
          karma: z.number().describe("How well it has served"),
        }),
      )
      .describe("Best first"),
  }),
  needs: ["mind.lesson.recall"],
  effect: "read",
  runs: "server",
  examples: [{ situation: "Writing dates for the owner" }],
  async run({ situation, count }, place) {
    const found = await place.call("mind.lesson.recall", { situation, k: count });
    const { lessons } = found as unknown as { readonly lessons: readonly Lesson[] };
    return {
      lessons: lessons.map(({ id, situation, mistake, better, karma }) => ({
        id,
        situation,
        mistake,
        better,
        karma,
      })),
    };
  },
});
