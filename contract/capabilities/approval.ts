import { z } from "zod";
import { moduleId } from "../id.ts";
import { jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";

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
      module: moduleId.optional(),
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
