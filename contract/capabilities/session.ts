import { z } from "zod";
import { action } from "../action.ts";
import { receipt } from "../event.ts";
import { moduleId } from "../id.ts";
import { FINISHES, llmMessage, llmUsage } from "../llm.ts";
import { attachment, sessionId, source } from "../message.ts";
import { done, isoTime } from "../schema.ts";
import { auto, own, owner } from "./grades.ts";

/** A tool that was called in a turn, as the journal knows it; a call that is not among these did not happen. */
export const turnReceipt = receipt.extend({
  tool: z.string(),
  ok: z.boolean(),
  /** The id of the model's call that it answers, as the turn named it. */
  call: z.string().optional(),
  at: isoTime.optional(),
  ms: z.number().optional(),
  /** Of its error. */
  code: z.string().optional(),
  tainted: z.boolean().optional(),
});
export type TurnReceipt = z.infer<typeof turnReceipt>;

/** An answer of a model, as the journal knows it (`llm.replied`). */
export const turnCompletion = z.object({
  seq: z.int(),
  at: isoTime,
  ok: z.boolean(),
  model: z.string(),
  provider: z.string().optional(),
  finish: z.enum(FINISHES).optional(),
  usage: llmUsage.optional(),
  cost_usd: z.number().nullable(),
  ms: z.number(),
  /** Until the first word. */
  first_ms: z.number().optional(),
  /** Where it failed. */
  code: z.string().optional(),
});
export type TurnCompletion = z.infer<typeof turnCompletion>;

/**
 * One entry of a conversation. The log is only ever added to; a compaction is an entry of its own, and what was rewound stays, as
 * superseded. `n` rises, with gaps where entries were superseded.
 */
export const sessionEntry = z.object({
  n: z.int(),
  at: isoTime,
  kind: z.enum(["message", "summary"]),
  message: llmMessage,
  /** The trace of its turn: what the journal has of it carries it too. */
  turn: z.string().nullable(),
  tainted: z.boolean(),
  tokens: z.int(),
  usage: llmUsage.optional(),
  /** For a summary: entries up to this one are told by it. */
  covers: z.int().optional(),
  /** The calls of tools since the entry before, in this turn. */
  receipts: z.array(turnReceipt).optional(),
  /** The answers of models since the entry before, in this turn, those that failed too. */
  completions: z.array(turnCompletion).optional(),
  /** What came with the message; stamped by the kernel. */
  attachments: z.array(attachment).optional(),
  /** Where the message that opened the turn came from, and who said it; stamped by the kernel. */
  source: source.optional(),
  user: z.string().optional(),
  /** It was rewound: no model sees it any more. */
  superseded: z.literal(true).optional(),
});
export type SessionEntry = z.infer<typeof sessionEntry>;

export const sessionInfo = z.object({
  session: z.string(),
  agent: z.string(),
  title: z.string(),
  /** How many, without those that were rewound. */
  entries: z.int(),
  superseded: z.int().default(0),
  created_at: isoTime,
  last_at: isoTime,
  pinned: z.boolean(),
  archived: z.boolean(),
  /** `waiting`: for a person, or for its turn behind another message. */
  turn: z.enum(["idle", "running", "waiting"]),
  /** What the running turn waits for a person to give. */
  waits_for: z.enum(["approval", "question"]).nullable().default(null),
});

export type SessionInfo = z.infer<typeof sessionInfo>;

/** A message of a conversation and what became of its turn. */
export const sessionTurn = z.object({
  /** Its trace, as entries name it. */
  turn: z.string(),
  /** The message's id. */
  message: z.string(),
  state: z.enum(["waiting", "running", "done", "failed"]),
  at: isoTime,
  finished_at: isoTime.nullable(),
  /** What the standard turn says of its end: `stop`, `stopped`, `limit`, `error`, … */
  finish: z.string().optional(),
  cost_usd: z.number().nullable().optional(),
  usage: llmUsage.optional(),
  /** Of a failed one, and of one that `finish` calls an error. */
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      remedy: z.string().optional(),
      action: action.optional(),
    })
    .optional(),
  /** Its words, as long as they are not in the log yet. */
  text: z.string().optional(),
  attachments: z.array(attachment).optional(),
});
export type SessionTurn = z.infer<typeof sessionTurn>;

/** What is being said just now: of the answer that is written, as much as has come. */
export const sessionLive = z.object({
  /** The trace of its turn. */
  turn: z.string(),
  /** Which answer, as `llm.delta` numbers them; 0 where nothing was said yet. */
  completion: z.int(),
  text: z.string(),
  thinking: z.string(),
  /** Calls of tools in the order they began; `progress` is what a running one last told of itself. */
  tools: z.array(
    z.object({
      name: z.string(),
      args: z.string(),
      id: z.string().optional(),
      progress: z.string().optional(),
    }),
  ),
});
export type SessionLive = z.infer<typeof sessionLive>;

/** A conversation in which something was found. */
export const sessionFound = z.object({
  session: z.string(),
  agent: z.string(),
  title: z.string(),
  archived: z.boolean(),
  last_at: isoTime,
  /** Where it was said, the newest first, 3 at most; none where the title alone has the words. */
  places: z.array(
    z.object({
      /** The number of the entry. */
      n: z.int(),
      at: isoTime,
      who: z.enum(["user", "agent"]),
      /** A line of what was said, around the words. */
      excerpt: z.string(),
      /** Where the words stand in the excerpt, in UTF-16 units; `to` is not included. */
      marks: z.array(z.object({ from: z.int(), to: z.int() })),
    }),
  ),
});
export type SessionFound = z.infer<typeof sessionFound>;

export const sessions = [
  own(
    "session.append",
    "write",
    "Add entries to one of the agent's own conversations; with the same key in the same turn, once. A summary must be shorter than what it covers.",
    z.strictObject({
      session: sessionId,
      messages: z.array(llmMessage).min(1).max(256),
      usage: llmUsage.optional(),
      /** The message is a summary that tells all entries up to this one. */
      summary_covers: z.int().optional(),
      key: z.string().min(1).max(64).optional(),
    }),
    z.object({ last: z.int(), tokens: z.int() }),
  ),
  auto(
    "session.history",
    "read",
    "Entries of one of the agent's own conversations, oldest first.",
    z.strictObject({
      session: sessionId,
      after: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(200),
      newest: z.boolean().default(false).describe("The last ones instead of the first ones after `after`"),
    }),
    /** `summary`: the one that covers most, wherever it stands. */
    z.object({ entries: z.array(sessionEntry), last: z.int(), summary: sessionEntry.nullable() }),
  ),
  auto(
    "turn.pending",
    "read",
    "What the user added while the turn runs, each given once; and whether the turn is to stop.",
    z.strictObject({ session: sessionId }),
    z.object({ messages: z.array(z.string()), stop: z.boolean() }),
  ),
  auto(
    "user.ask",
    "message",
    "Ask the user a question and wait for the answer.",
    z.strictObject({
      session: sessionId,
      question: z.string().min(1).max(4000),
      options: z.array(z.string().max(256)).max(16).default([]),
    }),
    z.object({ answer: z.string() }),
  ),
  owner(
    "session.list",
    "read",
    "Conversations, newest first.",
    z.strictObject({
      agent: moduleId.optional(),
      archived: z.boolean().default(false),
      limit: z.int().min(1).max(1000).default(100),
    }),
    z.object({ sessions: z.array(sessionInfo) }),
  ),
  owner(
    "session.search",
    "read",
    "Conversations in whose title, or in one message of which, all the words stand, each as the beginning of a word; the last spoken in first. Of a message its first 65,536 characters are searched; what was rewound is not found.",
    z.strictObject({
      query: z.string().min(1).max(512),
      agent: moduleId.optional(),
      limit: z.int().min(1).max(100).default(30),
    }),
    z.object({
      found: z.array(sessionFound),
      /** There are more conversations, or not everything was looked at. */
      more: z.boolean(),
      /** Messages from before there was an index, which are still being added to it. */
      left: z.int(),
    }),
  ),
  owner(
    "session.show",
    "read",
    "One conversation, a page of it, oldest first; with its turns and what is being said just now.",
    z.strictObject({
      agent: moduleId,
      session: sessionId,
      after: z.int().min(0).default(0).describe("Only entries after this number"),
      before: z.int().min(1).optional().describe("Only entries before this number"),
      limit: z.int().min(1).max(1000).default(200),
      newest: z.boolean().default(false).describe("The last ones of these instead of the first ones"),
      superseded: z.boolean().default(false).describe("Those that were rewound too"),
    }),
    z.object({
      info: sessionInfo,
      entries: z.array(sessionEntry),
      /** There are further ones in the direction read: before the first with `newest`, else after the last. */
      more: z.boolean(),
      /** The turns of these entries, and all that wait or run. */
      turns: z.array(sessionTurn),
      live: sessionLive.nullable(),
      /** The last answer, as `llm.delta` numbers them, that stands in the log or that nobody writes any more. */
      spoken: z.int().default(0),
    }),
  ),
  owner(
    "session.change",
    "write",
    "Rename, pin or archive a conversation.",
    z.strictObject({
      agent: moduleId,
      session: sessionId,
      title: z.string().max(256).optional(),
      pinned: z.boolean().optional(),
      archived: z.boolean().optional(),
    }),
    done,
  ),
  owner(
    "session.branch",
    "write",
    "A new conversation that begins as this one up to an entry.",
    z.strictObject({ agent: moduleId, session: sessionId, upto: z.int().min(0) }),
    z.object({ session: z.string() }),
  ),
  owner(
    "session.rewind",
    "write",
    "Take back all entries after one: they stay in the log as superseded, and no model sees them any more. Not while a turn runs.",
    z.strictObject({ agent: moduleId, session: sessionId, to: z.int().min(0) }),
    z.object({ superseded: z.int(), entries: z.int() }),
  ),
  owner(
    "session.delete",
    "system",
    "Delete a conversation for good: its log, messages, questions and approvals. Memories stay; `memory.forget` takes them too.",
    z.strictObject({
      agent: moduleId,
      session: sessionId,
      thorough: z
        .boolean()
        .default(false)
        .describe("Look for every copy left in the database's file, which may write it anew"),
    }),
    z.object({ entries: z.int(), messages: z.int() }),
  ),
  owner(
    "turn.stop",
    "message",
    "Stop the turn of a conversation; what was said so far stays.",
    z.strictObject({ agent: moduleId, session: sessionId }),
    z.object({ stopped: z.boolean() }),
  ),
  owner(
    "turn.add",
    "message",
    "Say something more while a turn runs.",
    z.strictObject({
      agent: moduleId,
      session: sessionId,
      text: z.string().min(1).max(1_048_576),
      key: z.string().min(1).max(128).optional().describe("The same key is added once"),
    }),
    z.object({ added: z.boolean() }),
  ),
  owner(
    "question.list",
    "read",
    "Questions of agents that wait for an answer, oldest first; or, with `all`, past ones too, newest first.",
    z.strictObject({
      all: z.boolean().default(false),
      agent: moduleId.optional(),
      limit: z.int().min(1).max(500).default(500),
      before: z.string().max(256).optional().describe("`next` of the page before"),
    }),
    z.object({
      questions: z.array(
        z.object({
          id: z.string(),
          agent: z.string(),
          session: z.string(),
          question: z.string(),
          options: z.array(z.string()),
          asked_at: isoTime,
          state: z.enum(["waiting", "answered", "withdrawn"]).default("waiting"),
          answer: z.string().nullable().default(null),
          closed_at: isoTime.nullable().default(null),
        }),
      ),
      next: z.string().nullable().default(null),
    }),
  ),
  owner(
    "question.answer",
    "message",
    "Answer one.",
    z.strictObject({ id: z.string().max(64), answer: z.string().max(65_536) }),
    done,
  ),
] as const;
