import { z } from "zod";
import { EFFECTS } from "../capability.ts";
import { llmMessage, llmTool } from "../llm.ts";
import { message, sessionId } from "../message.ts";
import { done, isoTime } from "../schema.ts";
import { auto, own } from "./grades.ts";

export const word = z.string().min(1).max(128);

export const newMemory = z.strictObject({
  content: z.string().min(1).max(65_536),
  wing: word.optional().describe("The large part of life it belongs to, such as work"),
  room: word.optional().describe("The subject in it"),
  kind: word.optional().describe("fact, event, preference, eureka, …"),
  importance: z.number().min(0).max(1).optional(),
  valid_from: isoTime.optional(),
  source: z.string().max(1024).optional().describe("Where it comes from"),
  /** The same speaker and session keep neighbouring turns together. */
  session: sessionId.optional(),
  speaker: z.string().max(256).optional(),
  at: isoTime.optional(),
});
export type NewMemory = z.infer<typeof newMemory>;

export const hit = z.object({
  id: z.string(),
  content: z.string(),
  wing: z.string().nullable(),
  room: z.string().nullable(),
  kind: z.string(),
  /** 0..1, absolute: the same for the same match, whatever else was found. */
  score: z.number(),
  why: z.array(z.string()),
  at: isoTime,
  valid_from: isoTime.nullable(),
  valid_to: isoTime.nullable(),
  source: z.string().nullable(),
  tainted: z.boolean(),
  session: z.string().nullable(),
  speaker: z.string().nullable().optional(),
  importance: z.number().optional(),
  /** The memory that has taken its place. */
  superseded_by: z.string().nullable().optional(),
  /** What {@link hit.shape.score} is made of; where it was searched for. */
  parts: z
    .object({
      /** Share of what the query seeks, by information as BM25 weighs it, that stands in the memory itself. */
      words: z.number(),
      /** What the turns beside it in the conversation add to that. */
      neighbours: z.number(),
      /** It is spoken by, or about, who is named. */
      speaker: z.number(),
      /** Score of the memory that led to it by a rare name both hold. */
      entities: z.number(),
      /** Fit to the time that is asked for. */
      time: z.number(),
      /** Cosine of the vectors, where an embedder is configured. */
      vector: z.number(),
    })
    .optional(),
});
export type Hit = z.infer<typeof hit>;

export const search = z.strictObject({
  query: z.string().min(1).max(16_384),
  k: z.int().min(1).max(50).default(5),
  wing: word.optional(),
  kind: word.optional(),
  as_of: isoTime.optional(),
  min_score: z.number().min(0).max(1).optional().describe("Only what is at least this sure"),
});
export const hits = z.object({ hits: z.array(hit), count: z.int() });

export const lesson = z.object({
  id: z.string(),
  situation: z.string(),
  mistake: z.string(),
  better: z.string(),
  code: z.string().nullable(),
  severity: z.enum(["low", "medium", "high"]),
  karma: z.number(),
  /** How often the same was learned again. */
  hits: z.int(),
  state: z.enum(["active", "retired"]),
  learned_at: isoTime,
  last_recalled_at: isoTime.nullable(),
  /** It was learned in a turn that had read content from outside the owner. */
  tainted: z.boolean(),
  score: z.number().optional(),
});
export type Lesson = z.infer<typeof lesson>;
export const newLesson = z.strictObject({
  situation: z.string().min(1).max(4000),
  mistake: z.string().min(1).max(4000),
  better: z.string().min(1).max(4000),
  code: z.string().max(64).optional(),
  severity: z.enum(["low", "medium", "high"]).default("medium"),
});
export type NewLesson = z.infer<typeof newLesson>;

/** A tool as a model's function, with what a turn must know to run it. */
const preparedTool = llmTool.extend({
  /** The tool's own name; `name` is the function's. */
  tool: z.string(),
  effect: z.enum(EFFECTS),
  repeatable: z.boolean(),
});
export type PreparedTool = z.infer<typeof preparedTool>;

export const prepared = z.object({
  messages: z.array(llmMessage),
  tools: z.array(preparedTool),
  used: z.array(
    z.object({
      origin: z.string(),
      id: z.string(),
      tokens: z.int(),
      why: z.array(z.string()).optional(),
    }),
  ),
  budget_tokens: z.int(),
  /** What messages and tools may grow to before the model has no room for them and its answer; `null`: not known. */
  limit_tokens: z.int().nullable().default(null),
  /** The sum over `used`: what messages and tools take together. */
  tokens: z.int(),
  tainted: z.boolean(),
  /** The history has outgrown its share: entries after the one and up to the other should be told by a summary. */
  compact: z.object({ after: z.int(), upto: z.int(), budget_tokens: z.int() }).nullable(),
  /** The message corrects what the agent said before: a lesson to be learned. */
  correction: newLesson.nullable(),
});
export type Prepared = z.infer<typeof prepared>;

export const fact = z.object({
  id: z.string(),
  subject: z.string(),
  predicate: z.string(),
  object: z.string(),
  valid_from: isoTime,
  valid_to: isoTime.nullable(),
  source: z.string().nullable(),
});
export const name = z.string().min(1).max(512);

export const todo = z.object({
  id: z.string(),
  text: z.string(),
  done: z.boolean(),
  due_at: isoTime.nullable(),
  created_at: isoTime,
  done_at: isoTime.nullable(),
});
export const diaryEntry = z.object({ id: z.string(), day: z.string(), text: z.string(), at: isoTime });

/** What an agent does with its own mind. */
export const mind = [
  own(
    "store.brain.add",
    "write",
    "Keep a memory; the same content twice is one memory.",
    newMemory,
    z.object({ id: z.string(), added: z.boolean() }),
  ),
  auto(
    "store.brain.search",
    "read",
    "Find memories; every hit says why it was found, and nothing irrelevant is given.",
    search,
    hits,
  ),
  own(
    "store.brain.forget",
    "write",
    "Forget a memory for good: row, index, vectors.",
    z.strictObject({ id: z.string().max(64) }),
    z.object({ forgotten: z.int() }),
  ),
  auto(
    "mind.prepare",
    "read",
    "The context of a turn, assembled to a budget; every piece with its origin.",
    z.strictObject({
      message: message.partial({ id: true, at: true, tainted: true, session: true, source: true }),
      session: sessionId,
      budget_tokens: z.int().min(256).max(2_000_000).optional(),
      model: z
        .string()
        .max(1024)
        .optional()
        .describe("The model that will be asked, as `llm.complete` takes it"),
      max_output_tokens: z.int().min(1).optional().describe("To be kept free for the answer"),
    }),
    prepared,
  ),
  auto(
    "skill.read",
    "read",
    "The instructions of one of the agent's own skills, `skills/NAME/SKILL.md`.",
    z.strictObject({ name: z.string().min(1).max(128) }),
    z.object({ name: z.string(), description: z.string(), text: z.string() }),
  ),
  own(
    "mind.lesson.add",
    "write",
    "Learn a lesson; the same one again makes it stronger.",
    newLesson,
    z.object({ id: z.string(), hits: z.int() }),
  ),
  auto(
    "mind.lesson.recall",
    "read",
    "The lessons that fit a situation.",
    z.strictObject({ situation: z.string().min(1).max(16_384), k: z.int().min(1).max(20).default(3) }),
    z.object({ lessons: z.array(lesson) }),
  ),
  own(
    "mind.lesson.feedback",
    "write",
    "Say whether a lesson helped; one that hurts is retired, none is deleted.",
    z.strictObject({ id: z.string().max(64), helped: z.boolean() }),
    z.object({ karma: z.number() }),
  ),
  own(
    "mind.graph.add",
    "write",
    "State a fact; one that contradicts it ends where this one begins, and is reported.",
    z.strictObject({
      subject: name,
      predicate: name,
      object: name,
      valid_from: isoTime.optional(),
      source: z.string().max(1024).optional(),
      replaces: z.boolean().default(true).describe("False where a subject can have several objects"),
    }),
    z.object({ id: z.string(), added: z.boolean(), ended: z.array(fact) }),
  ),
  auto(
    "mind.graph.query",
    "read",
    "Facts around a name, some steps far, as of a time.",
    z.strictObject({
      about: name.optional(),
      predicate: name.optional(),
      depth: z.int().min(1).max(4).default(1),
      as_of: isoTime.optional(),
      limit: z.int().min(1).max(500).default(50),
    }),
    z.object({ facts: z.array(fact) }),
  ),
  own(
    "mind.diary.write",
    "write",
    "Write into the diary of the day.",
    z.strictObject({ text: z.string().min(1).max(16_384), day: z.iso.date().optional() }),
    z.object({ id: z.string() }),
  ),
  auto(
    "mind.diary.read",
    "read",
    "Diary entries of some days, newest first.",
    z.strictObject({
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      limit: z.int().min(1).max(500).default(30),
    }),
    z.object({ entries: z.array(diaryEntry) }),
  ),
  own(
    "mind.todo.add",
    "write",
    "Put something on the to-do list.",
    z.strictObject({ text: z.string().min(1).max(4000), due_at: isoTime.optional() }),
    z.object({ id: z.string() }),
  ),
  auto(
    "mind.todo.list",
    "read",
    "The to-do list: what is open first.",
    z.strictObject({ all: z.boolean().default(false) }),
    z.object({ todos: z.array(todo) }),
  ),
  own(
    "mind.todo.set",
    "write",
    "Mark something done or open, or change it.",
    z.strictObject({
      id: z.string().max(64),
      done: z.boolean().optional(),
      text: z.string().min(1).max(4000).optional(),
    }),
    done,
  ),
] as const;
