import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { functionName, moduleId } from "../id.ts";
import { jsonValue } from "../schema.ts";

const type = functionName.describe("A function the other module exposes, or any word for its `handle`");
const payload = jsonValue.default({});

const send = defineCapability({
  name: "bus.send",
  summary: "Put a message into another module's inbox and go on; it is delivered even after a restart.",
  grant: "owner",
  scope: "target",
  effect: "message",
  input: z.strictObject({ to: moduleId, type, payload }),
  output: z.object({ sent: z.literal(true), id: z.string() }),
});
const request = defineCapability({
  name: "bus.request",
  summary: "Ask another module and wait for its reply.",
  grant: "owner",
  scope: "target",
  effect: "message",
  long: true,
  input: z.strictObject({ to: moduleId, type, payload }),
  output: z.object({ reply: jsonValue }),
});
const broadcast = defineCapability({
  name: "bus.broadcast",
  summary: "Ask several modules side by side; the replies come in the order of the targets.",
  grant: "owner",
  scope: "target",
  effect: "message",
  long: true,
  input: z.strictObject({ to: z.array(moduleId).min(1).max(64), type, payload }),
  output: z.object({
    replies: z.array(
      z.object({ target: z.string(), reply: jsonValue.optional(), error: jsonValue.optional() }),
    ),
  }),
});

export const bus = [send, request, broadcast] as const;
