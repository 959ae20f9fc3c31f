import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { functionName, moduleId } from "../id.ts";
import { ATTACHMENTS_MAX, attachment, mail, sessionId, source } from "../message.ts";
import { jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";

export const messages = [
  defineCapability({
    name: "message.send",
    summary: "Put a message into a module's inbox: accepted means durable. With `wait`, the reply too.",
    grant: "tier",
    tier: "system",
    effect: "message",
    long: true,
    input: z.strictObject({
      to: moduleId,
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
    input: z.strictObject({ to: moduleId, session: sessionId }),
    output: z.object({ cancelled: z.int() }),
  }),
  defineCapability({
    name: "message.forget",
    summary:
      "Delete the handled messages of a conversation, what was said in them, and the approvals they asked for.",
    grant: "tier",
    tier: "system",
    effect: "write",
    input: z.strictObject({ to: moduleId, session: sessionId }),
    output: z.object({ forgotten: z.int() }),
  }),
  owner(
    "message.list",
    "read",
    "The inbox of a module, newest first.",
    z.strictObject({ to: moduleId, limit: z.int().min(1).max(500).default(50) }),
    z.object({ messages: z.array(mail) }),
  ),
] as const;
