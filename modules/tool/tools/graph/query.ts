import { z } from "zod";
import { defineTool } from "#contract";
import { fact, factsOf } from "./fact.ts";

export const queryGraph = defineTool({
  name: "graph.query",
  version: 1,
  title: "Ask the knowledge graph",
  summary: "Facts about a name and what is connected with it, as they hold now or held at a time.",
  keywords:
    "knowledge relations entity who related connected lookup wissen beziehungen abfragen consultar relaciones",
  input: z.object({
    about: z.string().min(1).max(512).optional().describe("A name; leave it out to ask by relation alone"),
    predicate: z.string().min(1).max(512).optional().describe("Only this relation"),
    steps: z.int().min(1).max(4).default(1).describe("How far to follow connections"),
    as_of: z.iso.datetime().optional().describe("What held at this time, ISO 8601 in UTC"),
    limit: z.int().min(1).max(200).default(50).describe("How many facts at most"),
  }),
  output: z.object({ facts: z.array(fact).describe("The facts") }),
  needs: ["mind.graph.query"],
  effect: "read",
  runs: "server",
  examples: [{ about: "Ann" }],
  async run({ steps, ...asked }, place) {
    const { facts } = (await place.call("mind.graph.query", { ...asked, depth: steps })) as unknown as {
      readonly facts: Parameters<typeof factsOf>[0];
    };
    return { facts: factsOf(facts) };
  },
});
