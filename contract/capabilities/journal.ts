import { z } from "zod";
import { event } from "../event.ts";
import { isoTime } from "../schema.ts";
import { owner } from "./grades.ts";

/** The events of one span of a trace, as one piece of work. */
const traceSpan = z.object({
  span: z.string(),
  /** The span it was begun in, where that is in this trace; `null` at the top. */
  parent: z.string().nullable(),
  /** 0 at the top. Spans stand in the order of the tree: each right before those it began. */
  depth: z.int(),
  actor: z.string(),
  /** What it is: the kind of the event that tells most of it. */
  kind: z.string(),
  subject: z.string().nullable(),
  start: isoTime,
  end: isoTime,
  ms: z.number(),
  /** `null`: nothing says how it went. */
  ok: z.boolean().nullable(),
  code: z.string().nullable(),
  /** The events it consists of, by their numbers; at most 100. */
  events: z.array(z.int()),
});
export type TraceSpan = z.infer<typeof traceSpan>;

export const journal = [
  owner(
    "journal.query",
    "read",
    "Events, oldest first; from `after` on, or with `newest` the last ones before `before`. All filters given must match. Words are sought in so many events at a time; what was not looked at yet is the next page.",
    z.strictObject({
      after: z.int().min(0).default(0),
      before: z.int().min(1).optional().describe("Only events with a smaller sequence number"),
      limit: z.int().min(1).max(1000).default(100),
      trace: z.string().max(64).optional(),
      kind: z.string().max(64).optional().describe("A kind, or a family such as `turn.*`"),
      actor: z.string().max(128).optional(),
      agent: z.string().max(128).optional().describe("A module that acts in it or that it is about"),
      session: z.string().max(128).optional(),
      from: isoTime.optional(),
      to: isoTime.optional().describe("Up to this time, which is not included"),
      newest: z.boolean().default(false),
      text: z
        .string()
        .max(256)
        .optional()
        .describe(
          "Words that must all stand in its kind, who did it, what it is about or its data; `failed` in one that failed",
        ),
    }),
    z.object({
      events: z.array(event),
      last_seq: z.int(),
      /** With `newest`: the `before` of the next page; `null` when there is none. */
      next_before: z.int().nullable().default(null),
      /** With `text` and without `newest`: the `after` of the next page; `null` when there is none. */
      next_after: z.int().nullable().default(null),
      /** In how many events words were sought. */
      looked: z.int().default(0),
    }),
  ),
  owner(
    "journal.event",
    "read",
    "One event by its number, and whether its hash and its place in the chain hold: what a receipt names.",
    z.strictObject({ seq: z.int().min(1) }),
    z.object({
      event,
      hash_holds: z.boolean(),
      /** It follows the event before; `null` where that was dropped. */
      chain_holds: z.boolean().nullable(),
    }),
  ),
  owner(
    "journal.trace",
    "read",
    "All that happened in one trace, as a tree of spans with times.",
    z.strictObject({ trace: z.string().min(1).max(64) }),
    z.object({
      trace: z.string(),
      start: isoTime.nullable(),
      end: isoTime.nullable(),
      ms: z.number(),
      spans: z.array(traceSpan),
      events: z.int(),
      /** There are more events than are looked at. */
      truncated: z.boolean(),
    }),
  ),
  owner(
    "journal.verify",
    "read",
    "Recompute the hash chain and name the first bad row. Tells `work.progress` as it goes; ends when its caller leaves.",
    z.strictObject({}),
    z.object({
      ok: z.boolean(),
      events: z.int(),
      first_bad: z.int().nullable(),
      problem: z.string().nullable(),
    }),
  ),
] as const;
