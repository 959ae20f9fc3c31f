import { z } from "zod";
import { moduleId } from "../id.ts";
import { done, isoTime } from "../schema.ts";
import { owner } from "./grades.ts";
import { fact, name } from "./mind.ts";

const agent = moduleId;

/** Facts as a picture: names, and what joins them. */
const graphShown = z.object({
  nodes: z.array(
    z.object({
      /** The name as it is compared: folded. */
      id: z.string(),
      name: z.string(),
      /** Edges shown that begin or end here. */
      degree: z.int(),
      /** Steps from the name that was asked about; 0 without one. */
      distance: z.int(),
    }),
  ),
  edges: z.array(
    fact.extend({
      /** Ids of nodes. */
      from: z.string(),
      to: z.string(),
      tainted: z.boolean(),
      /** The memory it was drawn from, where its source is one. */
      memory: z.object({ id: z.string(), content: z.string() }).nullable(),
      /** Facts that said another object of the same until this one began, the newest first. */
      contradicts: z.array(fact),
    }),
  ),
  /** There is more than was asked for. */
  truncated: z.boolean(),
});
export type GraphShown = z.infer<typeof graphShown>;

export const graph = [
  owner(
    "graph.show",
    "read",
    "An agent's facts as names and what joins them: around one name, or the best connected ones.",
    z.strictObject({
      agent,
      around: name.optional(),
      depth: z.int().min(1).max(4).default(2),
      as_of: isoTime.optional(),
      ended: z.boolean().default(false).describe("Also facts that no longer hold"),
      limit: z.int().min(1).max(2000).default(200).describe("Names at most"),
    }),
    graphShown,
  ),
  owner(
    "graph.retire",
    "write",
    "Let a fact end; it is kept for those who ask as of a time before.",
    z.strictObject({ agent, id: z.string().max(64), at: isoTime.optional() }),
    done,
  ),
] as const;
