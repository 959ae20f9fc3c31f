import { z } from "zod";
import { defineTool } from "#contract";

export const readSkill = defineTool({
  name: "skill.read",
  version: 1,
  title: "Read a skill",
  summary: "Read the instructions of one of your skills, before you do the work it is for.",
  keywords:
    "skill instructions how to guide procedure anleitung fähigkeit lesen leer habilidad instrucciones compétence",
  input: z.object({ name: z.string().min(1).max(128).describe("Name of the skill") }),
  output: z.object({
    name: z.string().describe("Name of the skill"),
    description: z.string().describe("What it is for"),
    text: z.string().describe("Its instructions"),
  }),
  needs: ["skill.read"],
  effect: "read",
  runs: "server",
  examples: [{ name: "letters" }],
  run: async (asked, place) => (await place.call("skill.read", asked)) as never,
});
