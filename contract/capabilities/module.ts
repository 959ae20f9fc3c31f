import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { functionName, moduleId } from "../id.ts";
import { ATTACHMENTS_MAX, attachment, mail, sessionId, source } from "../message.ts";
import { done, isoTime, jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";
import { scheduleEntry } from "./schedule.ts";

const id = moduleId;

/** What a module asks for, in words a person can decide on. */
export const ask = z.object({
  capability: z.string(),
  scope: z.string(),
  required: z.boolean(),
  given: z.boolean(),
  plain: z.string(),
  known: z.boolean(),
});
export type Ask = z.infer<typeof ask>;

/** A problem of a module with its place in the module's folder, where it has one. */
export const diagnostic = z.object({
  message: z.string(),
  remedy: z.string().nullable(),
  file: z.string().nullable(),
  /** 1-based. */
  line: z.int().nullable(),
  column: z.int().nullable(),
  /** The line itself, with a caret under the column. */
  excerpt: z.string().nullable(),
});
export type Diagnostic = z.infer<typeof diagnostic>;

export const moduleInfo = z.object({
  id: z.string(),
  kind: z.string(),
  display_name: z.string(),
  description: z.string(),
  version: z.string(),
  entry: z.string(),
  /** `new`: waits for the owner's approval; `broken`: see `problems`. */
  state: z.enum(["new", "ready", "disabled", "broken", "removed"]),
  problems: z.array(z.string()),
  /** The same problems with their places. */
  diagnostics: z.array(diagnostic).default([]),
  built_in: z.boolean(),
  folder: z.string(),
  asks: z.array(ask),
  functions: z.array(z.object({ name: z.string(), description: z.string() })),
  daemon: z
    .object({
      state: z.enum(["running", "waiting", "stopped"]),
      restarts: z.int(),
      next_start_at: z.string().nullable(),
      last_error: z.string().nullable(),
    })
    .nullable(),
  usage: z.object({
    calls: z.int(),
    failures: z.int(),
    cpu_ms: z.number(),
    fuel: z.number(),
    memory_peak_bytes: z.int(),
    capability_calls: z.int(),
  }),
  /** As its manifest has it: an image address inside the folder, a `data:` image, or a character. */
  icon: z.string().nullable().default(null),
  author: z.string().nullable().default(null),
  has_prompt: z.boolean().default(false),
  /** The last time anything of it stands in the journal. */
  last_active_at: isoTime.nullable().default(null),
  /** How many conversations it has. */
  sessions: z.int().default(0),
  /** The models it asks, in order: its own choice, or that of all. */
  model: z
    .object({ candidates: z.array(z.string()), own: z.boolean() })
    .nullable()
    .default(null),
  /** Of a built-in module: the capabilities it provides. */
  provides: z.array(z.object({ name: z.string(), summary: z.string() })).default([]),
});
export type ModuleInfo = z.infer<typeof moduleInfo>;

const decision = z
  .union([z.literal("all"), z.literal("required"), z.literal("none"), z.array(z.string().max(2048)).max(256)])
  .describe(
    "Which of the grants asked for are given: all, the required ones, none, or a list of `capability:scope`",
  );

const packSummary = z.object({
  id: z.string(),
  kind: z.string(),
  display_name: z.string(),
  version: z.string(),
  replaces: z.string().nullable(),
  asks: z.array(ask),
  new_asks: z.array(ask),
  dropped: z.array(z.string()),
  files: z.int(),
  bytes: z.int(),
  description: z.string().default(""),
  author: z.string().nullable().default(null),
  icon: z.string().nullable().default(null),
  /** Of the pack's file: with it `pack.install` installs only what was looked at. */
  sha256: z.string().default(""),
});

const policies = z.partialRecord(
  z.enum(["read", "write", "network", "exec", "message", "money", "system", "tainted"]),
  z.enum(["allow", "ask", "deny"]),
);

/** What the owner decides about a module beyond its grants. */
const moduleConfig = z.object({
  memory_max_mb: z.int(),
  timeout_call_ms: z.int(),
  fuel_per_call: z.number(),
  policy: z.record(z.string(), z.string()),
  /** The models it asks, separated by commas; `null`: those of all. */
  model: z.string().nullable().default(null),
  /** The text of its `prompt.md`; `null`: it has none. */
  prompt: z.string().nullable().default(null),
  /** The tools that stand in its prompt; `null`: those its manifest declares, or the usual ones. */
  tools: z.array(z.string()).nullable().default(null),
  /** Its daily budget for models; `null`: that of all. */
  budget: z
    .object({ day_usd: z.number().nullable(), day_tokens: z.int().nullable() })
    .nullable()
    .default(null),
  grants: z.array(z.string()).default([]),
  schedules: z.array(scheduleEntry).default([]),
});

export const modules = [
  owner(
    "agent.list",
    "read",
    "Every module in the home and those built in.",
    z.strictObject({ kind: z.string().max(32).optional() }),
    z.object({ agents: z.array(moduleInfo) }),
  ),
  owner(
    "agent.show",
    "read",
    "One module: its state, problems, grants and usage.",
    z.strictObject({ id }),
    moduleInfo,
  ),
  owner(
    "agent.approve",
    "system",
    "Let a module that was noticed in the home run, with the grants decided on.",
    z.strictObject({ id, grants: decision.default("all") }),
    moduleInfo,
  ),
  owner("agent.enable", "system", "Let a disabled module run again.", z.strictObject({ id }), moduleInfo),
  owner(
    "agent.disable",
    "system",
    "Stop a module; its folder and grants stay.",
    z.strictObject({ id }),
    moduleInfo,
  ),
  owner(
    "agent.remove",
    "system",
    "Remove a module; its folder is moved to the home's trash unless `purge`.",
    z.strictObject({ id, purge: z.boolean().default(false) }),
    done,
  ),
  owner(
    "agent.new",
    "system",
    "Make a module's folder from a template.",
    z.strictObject({
      id,
      template: z.string().max(64).default("agent-ts"),
      display_name: z.string().max(128).optional(),
    }),
    moduleInfo,
  ),
  owner(
    "agent.templates",
    "read",
    "The templates that `agent.new` begins from.",
    z.strictObject({}),
    z.object({
      templates: z.array(
        z.object({
          name: z.string(),
          title: z.string(),
          description: z.string(),
          language: z.enum(["TypeScript", "Go", "Rust", "other"]),
          /** What has to be run in its folder before it works; `null`: nothing. */
          build: z.array(z.string()).nullable(),
          files: z.array(z.string()),
        }),
      ),
    }),
  ),
  owner(
    "agent.duplicate",
    "system",
    "A second module with the same files, settings and grants, without secrets; with `state`, also what it remembers and its workspace.",
    z.strictObject({
      id,
      to: id,
      display_name: z.string().min(1).max(128).optional(),
      state: z.boolean().default(false),
    }),
    moduleInfo,
  ),
  owner(
    "agent.config",
    "system",
    "Read or change what is decided about a module: limits, approval policy (per effect: allow, ask, deny), model, prompt, tools, budget and grants. In force at once; without changes, read them.",
    z.strictObject({
      id,
      set: z
        .strictObject({
          memory_max_mb: z.int().min(1).max(4096).optional(),
          timeout_call_ms: z.int().min(1).max(600_000).optional(),
          fuel_per_call: z.int().min(1).optional(),
          policy: policies.optional(),
          model: z.string().max(1024).nullable().optional(),
          prompt: z.string().max(262_144).optional(),
          tools: z.array(z.string().min(1).max(128)).max(512).nullable().optional(),
          budget: z
            .strictObject({ day_usd: z.number().min(0).nullable(), day_tokens: z.int().min(0).nullable() })
            .nullable()
            .optional(),
          grants: z
            .array(z.string().max(2048))
            .max(256)
            .optional()
            .describe("All it is to hold from now on: the others are taken"),
        })
        .optional(),
    }),
    moduleConfig,
  ),
  owner(
    "agent.export",
    "read",
    "Pack a module's folder as `<id>.fwagent.zip` into the home's exports; without secrets, state and workspace.",
    z.strictObject({ id, state: z.boolean().default(false) }),
    z.object({ path: z.string(), bytes: z.int(), sha256: z.string() }),
  ),
  owner(
    "pack.inspect",
    "read",
    "Validate a pack and say what it asks for, without installing it.",
    z.strictObject({ path: z.string().max(4096) }),
    packSummary,
  ),
  owner(
    "pack.install",
    "system",
    "Install or upgrade a pack: unpack beside, validate, swap in one step, load, or roll back whole.",
    z.strictObject({
      path: z.string().max(4096),
      grants: decision,
      enable: z.boolean().default(true),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe("Only where the pack's file still has this hash"),
    }),
    moduleInfo,
  ),
  defineCapability({
    name: "module.invoke",
    summary: "Call a function of a module and wait for its reply; nothing is kept for a restart.",
    grant: "tier",
    tier: "system",
    effect: "none",
    long: true,
    input: z.strictObject({
      id,
      function: functionName,
      args: jsonValue.default({}),
      timeout_ms: z.int().min(1).max(600_000).optional(),
      /** What it is given comes from outside the owner. */
      tainted: z.boolean().default(false),
    }),
    output: z.object({ reply: jsonValue, tainted: z.boolean() }),
  }),
  defineCapability({
    name: "message.send",
    summary: "Put a message into a module's inbox: accepted means durable. With `wait`, the reply too.",
    grant: "tier",
    tier: "system",
    effect: "message",
    long: true,
    input: z.strictObject({
      to: id,
      text: z.string().max(1_048_576).optional(),
      session: sessionId.optional(),
      user: z.string().max(256).optional(),
      attachments: z
        .array(attachment)
        .max(ATTACHMENTS_MAX)
        .optional()
        .describe("Blobs that were kept before; each is put into the workspace, under `inbox/`"),
      function: functionName.default("handle_message"),
      payload: jsonValue.optional(),
      source: source.optional(),
      tainted: z
        .boolean()
        .default(false)
        .describe("Its words come from outside the owner, whatever its source"),
      attended: z
        .boolean()
        .default(true)
        .describe("A person is there who can be asked; otherwise what would ask is refused"),
      key: z
        .string()
        .min(1)
        .max(128)
        .optional()
        .describe("The same key from the same source is accepted once; the first message answers for all"),
      wait: z.boolean().default(false),
    }),
    output: z.object({ id: z.string(), session: z.string(), trace: z.string(), mail: mail.optional() }),
  }),
  defineCapability({
    name: "message.cancel",
    summary: "Stop the handling of a session's message; it ends as failed.",
    grant: "tier",
    tier: "system",
    effect: "none",
    input: z.strictObject({ to: id, session: sessionId }),
    output: z.object({ cancelled: z.int() }),
  }),
  defineCapability({
    name: "message.forget",
    summary:
      "Delete the handled messages of a conversation, what was said in them, and the approvals they asked for.",
    grant: "tier",
    tier: "system",
    effect: "write",
    input: z.strictObject({ to: id, session: sessionId }),
    output: z.object({ forgotten: z.int() }),
  }),
  owner(
    "message.list",
    "read",
    "The inbox of a module, newest first.",
    z.strictObject({ to: id, limit: z.int().min(1).max(500).default(50) }),
    z.object({ messages: z.array(mail) }),
  ),
] as const;

export const grants = [
  owner(
    "grant.list",
    "read",
    "The grants given, of one module or of all.",
    z.strictObject({ module: id.optional() }),
    z.object({
      grants: z.array(
        z.object({ module: z.string(), capability: z.string(), scope: z.string(), given_at: z.string() }),
      ),
    }),
  ),
  owner(
    "grant.give",
    "system",
    "Give a module a grant, `capability` or `capability:scope`; in force at its next call.",
    z.strictObject({ module: id, grant: z.string().max(2048) }),
    done,
  ),
  owner(
    "grant.take",
    "system",
    "Take a grant from a module; in force at its next call, and stops calls under way.",
    z.strictObject({ module: id, grant: z.string().max(2048) }),
    z.object({ taken: z.int() }),
  ),
] as const;

export const approval = z.object({
  id: z.string(),
  module: z.string(),
  capability: z.string(),
  targets: z.array(z.string()),
  args: jsonValue,
  args_hash: z.string(),
  reason: z.string(),
  state: z.enum(["waiting", "given", "refused", "expired", "used"]),
  asked_at: z.string(),
  expires_at: z.string(),
  decided_at: z.string().nullable(),
  trace: z.string(),
  effect: z.string().default("none"),
  /** What is judged: recipients, addresses, commands, paths. */
  decisive: z.array(z.string()).default([]),
  /** What it is about, as a sentence. */
  plain: z.string().default(""),
});
export type Approval = z.infer<typeof approval>;

export const approvals = [
  owner(
    "approval.list",
    "read",
    "Approvals that wait, or all, newest first.",
    z.strictObject({
      all: z.boolean().default(false),
      module: id.optional(),
      state: z.enum(["waiting", "given", "refused", "expired", "used"]).optional(),
      limit: z.int().min(1).max(500).default(500),
      before: z.string().max(256).optional().describe("`next` of the page before"),
    }),
    z.object({ approvals: z.array(approval), next: z.string().nullable().default(null) }),
  ),
  owner(
    "approval.give",
    "system",
    "Let the one call go on that this approval is bound to.",
    z.strictObject({ id: z.string() }),
    approval,
  ),
  owner("approval.refuse", "system", "Refuse it.", z.strictObject({ id: z.string() }), approval),
] as const;
