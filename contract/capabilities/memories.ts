import { z } from "zod";
import { moduleId } from "../id.ts";
import { sessionId } from "../message.ts";
import { done, isoTime } from "../schema.ts";
import { owner, system } from "./grades.ts";
import { hit, hits, newMemory, search, word } from "./mind.ts";

/** A memory with where it comes from and what became of it. */
const memoryShown = z.object({
  memory: hit,
  origin: z.object({
    source: z.string().nullable(),
    session: z.string().nullable(),
    speaker: z.string().nullable(),
    /** Its place among the turns of its conversation, from 1. */
    position: z.int().nullable(),
  }),
  /** Its wordings, the oldest first; the last one holds. */
  versions: z.array(
    z.object({
      id: z.string(),
      content: z.string(),
      valid_from: isoTime.nullable(),
      valid_to: isoTime.nullable(),
    }),
  ),
  /** Other memories whose place it has taken, the newest first. */
  supersedes: z.array(hit),
  superseded_by: hit.nullable(),
  /** The vector it is found by, where an embedder is configured. */
  embedding: z.object({ model: z.string(), dimensions: z.int() }).nullable(),
  /** What it was drawn from, where it is an insight. */
  drawn_from: z.array(hit),
  /** Insights that were drawn from it. */
  insights: z.array(hit),
});
export type MemoryShown = z.infer<typeof memoryShown>;

const agent = moduleId;

const recalledPiece = z.object({
  /** `memory`, `lesson`, … */
  origin: z.string(),
  id: z.string(),
  /** 0..1 */
  score: z.number(),
  why: z.array(z.string()),
  /** It was shown to the model; otherwise there was no room, or the conversation shows it anyway. */
  used: z.boolean(),
  tokens: z.int(),
  /** What it says now; `null`: it was forgotten since. */
  content: z.string().nullable(),
  tainted: z.boolean(),
});
export type RecalledPiece = z.infer<typeof recalledPiece>;

/** What the owner does with an agent's mind. */
export const memories = [
  owner(
    "memory.add",
    "write",
    "Give an agent memories.",
    z.strictObject({ agent, memories: z.array(newMemory).min(1).max(1000) }),
    z.object({ added: z.int(), ids: z.array(z.string()) }),
  ),
  owner(
    "memory.search",
    "read",
    "Search an agent's memories.",
    z.strictObject({ agent, ...search.shape }),
    hits,
  ),
  owner(
    "memory.list",
    "read",
    "An agent's memories, newest first.",
    z.strictObject({
      agent,
      limit: z.int().min(1).max(500).default(50),
      before: z.string().max(64).optional(),
      wing: word.optional(),
      room: word.optional(),
      kind: word.optional(),
      session: sessionId.optional(),
      tainted: z.boolean().optional(),
      as_of: isoTime.optional().describe("Only what held at this time"),
      current: z.boolean().default(false).describe("Without what a newer memory has taken the place of"),
    }),
    hits.extend({ next: z.string().nullable().describe("`before` for the page after this one") }),
  ),
  owner(
    "memory.show",
    "read",
    "A memory with its origin, its wordings, what it has taken the place of, and its vector.",
    z.strictObject({ agent, id: z.string().max(64) }),
    memoryShown,
  ),
  owner(
    "memory.edit",
    "write",
    "Correct a memory. A new wording takes the place of the earlier one, which is kept and holds until then.",
    z.strictObject({
      agent,
      id: z.string().max(64),
      content: newMemory.shape.content.optional(),
      wing: word.nullable().optional(),
      room: word.nullable().optional(),
      kind: word.optional(),
      importance: z.number().min(0).max(1).optional(),
      valid_from: isoTime.optional().describe("Since when the new wording holds; now, where left out"),
      valid_until: isoTime.nullable().optional(),
    }),
    z.object({
      id: z.string().describe("The memory that holds now"),
      superseded: z.string().nullable().describe("The earlier wording"),
    }),
  ),
  owner(
    "insight.list",
    "read",
    "What was consolidated from an agent's memories, newest first, each with the memories it was drawn from.",
    z.strictObject({
      agent,
      limit: z.int().min(1).max(200).default(50),
      before: z.string().max(64).optional(),
    }),
    z.object({
      insights: z.array(
        hit.extend({
          /** How many memories it was drawn from. */
          sources: z.int(),
          /** The newest of them, 10 at most. */
          drawn_from: z.array(hit),
        }),
      ),
      next: z.string().nullable(),
    }),
  ),
  owner(
    "memory.forget",
    "system",
    "Forget for good, by id, all that match a query, or a whole conversation with its log; also from the backups made after.",
    z.strictObject({
      agent,
      ids: z.array(z.string().max(64)).max(1000).optional(),
      query: z.string().max(4096).optional(),
      session: sessionId.optional(),
    }),
    z.object({ forgotten: z.int() }),
  ),
  system(
    "mind.unsay",
    "write",
    "What was said in a conversation was taken back: the memories of these very words go.",
    z.strictObject({ agent, session: sessionId, texts: z.array(z.string()).max(10_000) }),
    z.object({ forgotten: z.int() }),
  ),
  system(
    "mind.cleanse",
    "write",
    "A conversation was deleted: what was noted of its turns goes, and no copy of these texts of it is left in the database's file.",
    z.strictObject({
      agent,
      session: sessionId,
      texts: z.array(z.string()).max(1000),
      thorough: z.boolean().default(false).describe("Look for all of them, not for a hundred pieces"),
    }),
    done,
  ),
  owner(
    "mind.recalled",
    "read",
    "What was recalled for a turn, why, and which of it the model was shown.",
    z.strictObject({ agent, turn: z.string().min(1).max(64) }),
    z.object({ recalled: z.array(recalledPiece), tokens: z.int(), budget_tokens: z.int() }),
  ),
  owner(
    "mind.dream",
    "write",
    "Consolidate an agent's memories now into insights.",
    z.strictObject({ agent, budget_usd: z.number().min(0).default(0) }),
    z.object({
      insights: z.int(),
      read: z.int(),
      /** What a model cost for it. */
      cost_usd: z.number(),
      /** Why no model helped, where a budget was given. */
      problem: z.string().nullable(),
    }),
  ),
  owner(
    "mind.show",
    "read",
    "How much an agent's mind holds.",
    z.strictObject({ agent }),
    z.object({
      memories: z.int(),
      lessons: z.int(),
      facts: z.int(),
      diary: z.int(),
      todos: z.int(),
      bytes: z.int(),
      /** Memories that have a vector, and those an embedder has yet to give one. */
      vectors: z.int(),
      without_vector: z.int(),
      /** The model that makes vectors; null where none is configured. */
      embedder: z.string().nullable(),
    }),
  ),
] as const;
