import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { functionName, moduleId } from "../id.ts";
import { done, isoTime, jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";
import { ask, decision, gives } from "./grant.ts";
import { scheduleEntry } from "./schedule.ts";

const id = moduleId;

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
    { confirm: gives },
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
          /** The file to begin with; `null`: its program. */
          opens: z.string().nullable(),
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
] as const;
