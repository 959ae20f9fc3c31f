import { z } from "zod";
import { owner } from "./grades.ts";
import { ask, decision, gives } from "./grant.ts";
import { moduleInfo } from "./module.ts";

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
  description: z.string().default(""),
  author: z.string().nullable().default(null),
  icon: z.string().nullable().default(null),
  /** Of the pack's file: with it `pack.install` installs only what was looked at. */
  sha256: z.string().default(""),
});

export const packs = [
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
    z.strictObject({
      path: z.string().max(4096),
      grants: decision,
      enable: z.boolean().default(true),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional()
        .describe("Only where the pack's file still has this hash"),
    }),
    moduleInfo,
    { confirm: gives },
  ),
] as const;
