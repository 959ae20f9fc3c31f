import { z } from "zod";
import { defineTool } from "#contract";

export const remember = defineTool({
  name: "memory.remember",
  version: 1,
  title: "Remember something",
  summary:
    "Keep a fact, preference or event for good, across conversations. One thing at a time, so that it can be understood alone.",
  keywords:
    "save store keep in mind note fact preference learn memorize merken behalten erinnern recordar guardar retenir mémoriser",
  input: z.object({
    content: z
      .string()
      .min(1)
      .max(8000)
      .describe("What to remember, in a full sentence with names and dates"),
    kind: z.enum(["fact", "preference", "event", "person", "plan"]).default("fact").describe("What it is"),
    subject: z.string().min(1).max(128).optional().describe("What it is about, in a word or two"),
    importance: z.number().min(0).max(1).default(0.5).describe("0 trivial to 1 vital"),
    valid_from: z.iso.datetime().optional().describe("Since when it holds, ISO 8601 in UTC"),
  }),
  output: z.object({
    id: z.string().describe("Id of the memory"),
    added: z.boolean().describe("false: it was remembered already"),
  }),
  needs: ["store.brain.add"],
  effect: "write",
  runs: "server",
  repeatable: true,
  examples: [{ content: "Ann is allergic to nuts.", kind: "person", subject: "Ann", importance: 0.9 }],
  async run({ subject, ...memory }, place) {
    const room = subject === undefined ? {} : { room: subject };
    const session = place.session === undefined ? {} : { session: place.session };
    return (await place.call("store.brain.add", { ...memory, ...room, ...session })) as never;
  },
});
