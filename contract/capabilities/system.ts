import { z } from "zod";
import { action } from "../action.ts";
import { done, empty, isoTime, jsonObject, jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";

export const secrets = [
  owner(
    "secret.set",
    "system",
    "Keep a secret, encrypted; only for the hosts named (none: for any host a grant allows).",
    z.strictObject({
      name: z.string().regex(/^[A-Za-z0-9_.-]{1,128}$/),
      value: z.string().min(1).max(65_536),
      hosts: z.array(z.string().max(253)).max(64).default([]),
    }),
    done,
    { confidential: true, confirm: true },
  ),
  owner(
    "secret.list",
    "read",
    "The names of the secrets, never their values.",
    empty,
    z.object({
      secrets: z.array(z.object({ name: z.string(), hosts: z.array(z.string()), updated_at: z.string() })),
    }),
  ),
  owner(
    "secret.delete",
    "system",
    "Delete a secret.",
    z.strictObject({ name: z.string().max(128) }),
    z.object({ deleted: z.boolean() }),
  ),
  owner(
    "secret.rotate",
    "system",
    "Make a new master key and encrypt every secret anew.",
    empty,
    z.object({ rotated: z.int() }),
  ),
] as const;

export const settings = [
  owner(
    "setting.list",
    "read",
    "Every setting with its value, default and meaning.",
    empty,
    z.object({
      settings: z.array(
        z.object({
          key: z.string(),
          value: jsonValue,
          default: jsonValue,
          summary: z.string(),
          /** The part of the key before the dot, and its heading. */
          group: z.string().default(""),
          group_title: z.string().default(""),
          /** `MiB`, `ms`, `hours`, `USD`, …; `null`: none. */
          unit: z.string().nullable().default(null),
          /** A change needs a restart. */
          restart: z.boolean().default(false),
          /** JSON Schema of the value: what a form is drawn from. */
          schema: jsonObject.default({}),
          changed: z.boolean().default(false),
        }),
      ),
    }),
  ),
  owner(
    "setting.set",
    "system",
    "Change a setting; in force at once.",
    z.strictObject({ key: z.string().max(128), value: jsonValue }),
    done,
    // They say how long a session lives.
    { confirm: ({ key }) => typeof key === "string" && key.startsWith("identity.") },
  ),
] as const;

/** A part that does not work as it should. `notice`: worth knowing, and nothing is broken. */
const problem = z.object({
  part: z.string(),
  what: z.string(),
  remedy: z.string(),
  action: action.optional(),
  level: z.enum(["degraded", "notice"]).default("degraded"),
});
export type HealthProblem = z.output<typeof problem>;

const health = z.object({
  state: z.enum(["ready", "degraded", "safe_mode"]),
  version: z.string(),
  started_at: z.string(),
  problems: z.array(problem),
  sandbox: z.object({
    processes: z.array(
      z.object({ pid: z.int(), instances: z.int(), rss_bytes: z.int(), calls: z.int(), respawns: z.int() }),
    ),
  }),
  journal: z.object({ last_seq: z.int(), unwritten: z.int() }),
  inbox: z.object({ waiting: z.int(), running: z.int() }),
  modules: z.object({ ready: z.int(), broken: z.int(), waiting_for_approval: z.int() }),
  approvals_waiting: z.int(),
  memory: z.object({ rss_bytes: z.int(), heap_bytes: z.int() }),
  event_loop_delay_ms: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  /** Since the start, by module; those that were called. */
  usage: z
    .array(
      z.object({
        id: z.string(),
        calls: z.int(),
        failures: z.int(),
        cpu_ms: z.number(),
        fuel: z.number(),
        memory_peak_bytes: z.int(),
        running: z.int(),
      }),
    )
    .default([]),
  /** What the home takes on the disk, by part; measured in the background, `null` until the first measure is done. */
  disk: z
    .object({
      free_bytes: z.int(),
      total_bytes: z.int(),
      home_bytes: z.int(),
      parts: z.array(z.object({ part: z.string(), bytes: z.int(), files: z.int() })),
      /** The largest modules, by what their folders hold. */
      modules: z.array(z.object({ id: z.string(), bytes: z.int() })),
      measured_at: isoTime,
      /** False: there are more files than are counted. */
      complete: z.boolean(),
    })
    .nullable()
    .default(null),
});
export type Health = z.infer<typeof health>;

export const system = [
  owner("system.health", "read", "What is well and what is degraded, in words.", empty, health),
  owner(
    "system.setup",
    "system",
    "Create the owner's account; once.",
    z.strictObject({ owner: z.string().min(1).max(64), password: z.string().min(10).max(1024) }),
    done,
    { confidential: true, guarded: true },
  ),
  owner(
    "system.reseal",
    "system",
    "Seal contract/ and kernel/ as they are now and leave safe mode; needs the owner's password.",
    z.strictObject({ password: z.string().max(1024) }),
    z.object({ files: z.int() }),
    { confidential: true, guarded: true },
  ),
] as const;
