import { z } from "zod";
import { defineTool } from "#contract";
import { fact, factsOf } from "./fact.ts";

const name = z.string().min(1).max(512);

export const addFact = defineTool({
  name: "graph.add",
  version: 1,
  title: "State a fact",
  summary:
    "Put a fact into the knowledge graph: who, relation, whom. It ends the fact it contradicts, and says which.",
  keywords:
    "knowledge relation entity link connect triple relationship between two people persons store wissen beziehung hecho relación fait relation",
  input: z.object({
    subject: name.describe("Who or what, such as Ann"),
    predicate: name.describe("The relation, such as works at"),
    object: name.describe("To whom or what, such as the library"),
    several: z
      .boolean()
      .default(false)
      .describe("The subject may have several objects of this relation: end none"),
    valid_from: z.iso.datetime().optional().describe("Since when, ISO 8601 in UTC"),
  }),
  output: z.object({
    added: z.boolean().describe("false: it was known"),
    ended: z.array(fact).describe("Facts that no longer hold because of it"),
  }),
  needs: ["mind.graph.add"],
  effect: "write",
  runs: "server",
  repeatable: true,
  examples: [{ subject: "Ann", predicate: "works at", object: "the library" }],
  async run({ several, ...stated }, place) {
    const { added, ended } = (await place.call("mind.graph.add", {
      ...stated,
      replaces: !several,
    })) as unknown as {
      readonly added: boolean;
      readonly ended: Parameters<typeof factsOf>[0];
    };
    return { added, ended: factsOf(ended) };
  },
});
