import { z } from "zod";
import type { JsonValue } from "./json.ts";
import { isoTime, jsonValue } from "./schema.ts";

export const SOURCE_KINDS = ["channel", "owner", "module", "schedule", "webhook", "flow"] as const;

/** Where a message comes from; stamped by the kernel, never taken from the message itself. */
export const source = z.object({ kind: z.enum(SOURCE_KINDS), id: z.string() });
export type Source = z.infer<typeof source>;

/** The name of a blob: the SHA-256 of its bytes, hexadecimal. */
export const blobHash = z.string().regex(/^[0-9a-f]{64}$/);

export const attachment = z.object({
  name: z.string().min(1).max(255),
  type: z.string().max(128),
  size: z.int().min(0),
  blob: blobHash,
  /** Where the agent's file tools find it in the workspace; set when it was delivered there. */
  path: z.string().max(1024).optional(),
});
export type Attachment = z.infer<typeof attachment>;
export const ATTACHMENTS_MAX = 32;

export const sessionId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w.:@-]+$/);

export const message = z.object({
  id: z.string(),
  session: sessionId,
  source,
  user: z.string().max(256).optional(),
  text: z.string().max(1_048_576),
  attachments: z.array(attachment).max(ATTACHMENTS_MAX).optional(),
  at: isoTime,
  tainted: z.boolean(),
});
export type Message = z.infer<typeof message>;

const MESSAGE_FUNCTION = "handle_message";
/** What the host itself calls: never reached with a payload as it is, even where a manifest exposes the name, since that could forge its source. */
const CALLED_BY_HOST: ReadonlySet<string> = new Set([
  MESSAGE_FUNCTION,
  "handle",
  "on_load",
  "on_stop",
  "boot",
]);

/**
 * How what one module says to another arrives: as the call of an exposed function, as a message where the word is
 * `handle_message`, and for any other word as a call of `handle`. Who says it is stamped here.
 */
export function fromModule(
  sender: string,
  type: string,
  payload: JsonValue,
  exposed: boolean,
  trace: string,
): { readonly function: string; readonly args: JsonValue } {
  if (exposed && !CALLED_BY_HOST.has(type)) return { function: type, args: payload };
  const source = { kind: "module", id: sender };
  if (type !== MESSAGE_FUNCTION)
    return { function: "handle", args: { source, type, payload, context: { trace } } };
  const said = typeof payload === "object" && payload !== null && !Array.isArray(payload) ? payload : {};
  return { function: MESSAGE_FUNCTION, args: { ...said, session: `module:${sender}`, source } };
}

/** A row of an inbox: what was accepted, and what became of it. */
export const mail = z.object({
  id: z.string(),
  to: z.string(),
  function: z.string(),
  session: z.string().nullable(),
  source,
  trace: z.string(),
  payload: jsonValue,
  state: z.enum(["waiting", "running", "done", "failed"]),
  attempts: z.int(),
  tainted: z.boolean(),
  attended: z.boolean(),
  reply: jsonValue.optional(),
  error: jsonValue.optional(),
  at: isoTime,
  finished_at: isoTime.nullable(),
});
export type Mail = z.infer<typeof mail>;
