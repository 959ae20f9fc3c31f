import { z } from "zod";
import { moduleId } from "../id.ts";
import type { JsonObject } from "../json.ts";
import { done } from "../schema.ts";
import { owner } from "./grades.ts";

/** What a module asks for, in words a person can decide on. */
export const ask = z.object({
  capability: z.string(),
  scope: z.string(),
  required: z.boolean(),
  given: z.boolean(),
  /** Every module may, whatever is given: nothing to decide. */
  always: z.boolean(),
  plain: z.string(),
  known: z.boolean(),
});
export type Ask = z.infer<typeof ask>;

export const decision = z
  .union([z.literal("all"), z.literal("required"), z.literal("none"), z.array(z.string().max(2048)).max(256)])
  .describe(
    "Which of the grants asked for are given: all, the required ones, none, or a list of `capability:scope`",
  );

/** Are any grants given with it? A decision that is left out gives all. */
export const gives = ({ grants }: JsonObject): boolean =>
  grants !== "none" && !(Array.isArray(grants) && grants.length === 0);

export const grants = [
  owner(
    "grant.list",
    "read",
    "The grants given, of one module or of all.",
    z.strictObject({ module: moduleId.optional() }),
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
    z.strictObject({ module: moduleId, grant: z.string().max(2048) }),
    done,
    { confirm: true },
  ),
  owner(
    "grant.take",
    "system",
    "Take a grant from a module; in force at its next call, and stops calls under way.",
    z.strictObject({ module: moduleId, grant: z.string().max(2048) }),
    z.object({ taken: z.int() }),
  ),
] as const;
