import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { functionName, moduleId } from "../id.ts";
import { ATTACHMENTS_MAX, attachment, mail, sessionId, source } from "../message.ts";
import { done, jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";

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
    "agent.config",
    "system",
    "Read or change a module's limits and approval policy (per effect: allow, ask, deny); without changes, read them.",
    z.strictObject({
      id,
      set: z
        .strictObject({
          memory_max_mb: z.int().min(1).max(4096).optional(),
          timeout_call_ms: z.int().min(1).max(600_000).optional(),
          fuel_per_call: z.int().min(1).optional(),
          policy: z
            .partialRecord(
              z.enum(["read", "write", "network", "exec", "message", "money", "system", "tainted"]),
              z.enum(["allow", "ask", "deny"]),
            )
            .optional(),
        })
        .optional(),
    }),
    z.object({
      memory_max_mb: z.int(),
      timeout_call_ms: z.int(),
      fuel_per_call: z.number(),
      policy: z.record(z.string(), z.string()),
    }),
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
    z.strictObject({ path: z.string().max(4096), grants: decision, enable: z.boolean().default(true) }),
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
});
export type Approval = z.infer<typeof approval>;

export const approvals = [
  owner(
    "approval.list",
    "read",
    "Approvals that wait, or all.",
    z.strictObject({ all: z.boolean().default(false) }),
    z.object({ approvals: z.array(approval) }),
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
