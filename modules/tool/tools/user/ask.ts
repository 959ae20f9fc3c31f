import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";

export const askUser = defineTool({
  name: "user.ask",
  version: 1,
  title: "Ask the user",
  summary: "Ask the user a question and wait for the answer; for what only they can decide or know.",
  keywords:
    "question clarify confirm choose decide human input permission nachfragen frage benutzer preguntar usuario demander utilisateur",
  input: z.object({
    question: z.string().min(1).max(4000).describe("The question"),
    options: z
      .array(z.string().min(1).max(256))
      .max(16)
      .default([])
      .describe("Answers to choose from; others stay possible"),
  }),
  output: z.object({ answer: z.string().describe("What the user answered") }),
  needs: ["user.ask"],
  effect: "message",
  runs: "server",
  repeatable: true,
  examples: [{ question: "Which day suits you?", options: ["Monday", "Tuesday"] }],
  async run({ question, options }, place) {
    if (place.session === undefined)
      throw new FieldworkError("unavailable", "There is no conversation in which the user could be asked.", {
        remedy: "Go on without the answer, and say so.",
      });
    return (await place.call("user.ask", { session: place.session, question, options })) as never;
  },
});
