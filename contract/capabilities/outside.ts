import { z } from "zod";
import { defineCapability } from "../capability.ts";

const httpFetch = defineCapability({
  name: "http.fetch",
  summary: "Fetch a URL. Private, loopback and link-local addresses only where the grant names them.",
  grant: "owner",
  scope: "url",
  effect: "network",
  input: z.strictObject({
    url: z.string().max(8192),
    method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]).default("GET"),
    headers: z.record(z.string().max(256), z.string().max(16_384)).default({}),
    body: z.string().max(4_194_304).optional(),
    body_encoding: z.enum(["utf8", "base64"]).default("utf8"),
    response_encoding: z.enum(["utf8", "base64"]).default("utf8"),
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

const execRun = defineCapability({
  name: "exec.run",
  summary: "Run a program without a shell, inside the operating system's sandbox where there is one.",
  grant: "owner",
  scope: "program",
  effect: "exec",
  confirm: true,
  input: z.strictObject({
    program: z.string().min(1).max(4096),
    args: z.array(z.string().max(131_072)).max(1024).default([]),
    cwd: z.string().max(4096).default(""),
    stdin: z.string().max(4_194_304).optional(),
    env: z.record(z.string().max(256), z.string().max(32_768)).default({}),
    timeout_ms: z.int().min(1).max(600_000).default(60_000),
    max_bytes: z.int().min(1).max(4_194_304).default(1_048_576),
  }),
  output: z.object({
    code: z.int().nullable(),
    stdout: z.string(),
    stderr: z.string(),
    truncated: z.boolean(),
    sandboxed: z.boolean(),
  }),
});

const secretUse = defineCapability({
  name: "secret.use",
  summary:
    "A handle to put into a header or an environment value; the secret itself is filled in at the host boundary.",
  grant: "owner",
  scope: "secret",
  effect: "none",
  input: z.strictObject({ name: z.string().min(1).max(128) }),
  output: z.object({ handle: z.string() }),
});

export const outside = [httpFetch, execRun, secretUse] as const;
