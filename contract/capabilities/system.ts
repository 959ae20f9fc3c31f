import { z } from "zod";
import { event } from "../event.ts";
import { done, empty, jsonValue } from "../schema.ts";
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
    { confidential: true },
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
        z.object({ key: z.string(), value: jsonValue, default: jsonValue, summary: z.string() }),
      ),
    }),
  ),
  owner(
    "setting.set",
    "system",
    "Change a setting; in force at once.",
    z.strictObject({ key: z.string().max(128), value: jsonValue }),
    done,
  ),
] as const;

export const journal = [
  owner(
    "journal.query",
    "read",
    "Events, oldest first, after a sequence number.",
    z.strictObject({
      after: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
      trace: z.string().max(64).optional(),
      kind: z.string().max(64).optional(),
      actor: z.string().max(128).optional(),
      newest: z.boolean().default(false),
    }),
    z.object({ events: z.array(event), last_seq: z.int() }),
  ),
  owner(
    "journal.verify",
    "read",
    "Recompute the hash chain and name the first bad row.",
    empty,
    z.object({
      ok: z.boolean(),
      events: z.int(),
      first_bad: z.int().nullable(),
      problem: z.string().nullable(),
    }),
  ),
] as const;

const health = z.object({
  state: z.enum(["ready", "degraded", "safe_mode"]),
  version: z.string(),
  started_at: z.string(),
  problems: z.array(z.object({ part: z.string(), what: z.string(), remedy: z.string() })),
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
  owner(
    "system.backup",
    "system",
    "A consistent copy of the home while it runs.",
    z.strictObject({ to: z.string().max(4096).optional() }),
    z.object({ path: z.string(), bytes: z.int(), files: z.int() }),
  ),
  owner(
    "system.stop",
    "system",
    "Stop the server, in order; for where there are no signals.",
    empty,
    z.object({ stopping: z.literal(true) }),
  ),
] as const;
