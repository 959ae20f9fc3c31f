import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { jsonValue } from "../schema.ts";

/** What Flowork's host module offers beyond the counter's own words; see the handbook's page on existing modules. */
const fetchAny = defineCapability({
  name: "flowork.fetch",
  summary: "Fetch a URL; the system's own addresses are answered in process under the caller's identity.",
  grant: "auto",
  effect: "none",
  long: true,
  repeatable: false,
  input: z.strictObject({
    url: z.string().max(8192),
    method: z.string().max(16).default("GET"),
    headers: z.record(z.string().max(256), z.string().max(16_384)).default({}),
    body: z.string().max(5_592_406).optional().describe("base64"),
    timeout_ms: z.int().min(1).max(600_000).default(60_000),
    max_bytes: z.int().min(1).max(6_291_456).default(4_194_304),
  }),
  output: z.object({
    status: z.int(),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    truncated: z.boolean(),
  }),
});
const interaction = defineCapability({
  name: "flowork.interaction",
  summary: "Note a message that went in or out.",
  grant: "auto",
  effect: "write",
  input: z.object({
    channel: z.string().max(128).default(""),
    direction: z.enum(["in", "out"]),
    actor: z.string().max(256).default(""),
    content: z.string().max(1_048_576).default(""),
    metadata: jsonValue.optional(),
  }),
  output: z.object({ ok: z.literal(true), id: z.int() }),
});
const decision = defineCapability({
  name: "flowork.decision",
  summary: "Note a decision and why it was taken.",
  grant: "auto",
  effect: "write",
  input: z.object({
    decision_type: z.string().max(128),
    rationale: z.string().max(65_536).default(""),
    outcome: z.string().max(65_536).default(""),
    inputs: jsonValue.optional(),
    ref_interaction_id: jsonValue.optional(),
  }),
  output: z.object({ ok: z.literal(true), id: z.int() }),
});
const karma = defineCapability({
  name: "flowork.karma",
  summary: "Add to a counter, or a value to a running average.",
  grant: "auto",
  effect: "write",
  input: z.object({
    op: z.enum(["increment", "average"]),
    key: z.string().min(1).max(256),
    value: z.number(),
  }),
  output: z.object({ ok: z.literal(true), current: z.number() }),
});
const slash = defineCapability({
  name: "flowork.slash",
  summary: "Run a slash command as the calling module.",
  grant: "auto",
  effect: "none",
  long: true,
  repeatable: false,
  input: z.strictObject({ text: z.string().max(65_536) }),
  output: z.object({ ok: z.boolean(), command: z.string(), text: z.string() }),
});

export const flowork = [fetchAny, interaction, decision, karma, slash] as const;
