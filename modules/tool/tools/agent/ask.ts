import { z } from "zod";
import { capability, defineTool, jsonValue } from "#contract";
import type { WorkPlace } from "../../place.ts";
import { record } from "../record.ts";

const { shape } = capability("bus.request").input;

export const askAgent = defineTool({
  name: "agent.ask",
  version: 1,
  title: "Ask another agent",
  summary: "Ask another agent something and wait for its answer.",
  keywords:
    "delegate message colleague send request consult talk agent fragen beauftragen preguntar delegar demander",
  input: z.object({
    agent: shape.to.describe("Id of the agent, from agent.list"),
    text: z.string().min(1).max(100_000).describe("What to ask"),
    function: shape.type.default("ask").describe("A function of the agent, where agent.list names one"),
    args: record.default({}).describe("Arguments of that function, besides the text"),
  }),
  output: z.object({ reply: jsonValue.describe("What it answered") }),
  needs: ["bus.request"],
  effect: "message",
  runs: "server",
  decisive: "agent",
  examples: [{ agent: "librarian", text: "Which books on gardening do we have?" }],
  async run({ agent, text, function: type, args }, place: WorkPlace) {
    const answer = await place.call("bus.request", { to: agent, type, payload: { ...args, text } });
    // An answer that rests on something from outside has marked the turn.
    if (place.tainted) place.taint();
    return answer as never;
  },
});
