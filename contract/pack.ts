import { z } from "zod";
import { moduleId } from "./id.ts";
import { manifest } from "./manifest.ts";

/** Limits of a pack (`.fwagent.zip`, `.fwpack`); beyond one of them a pack is refused whole. */
export const PACK_LIMITS = {
  packed_bytes: 64 * 1024 * 1024,
  unpacked_bytes: 512 * 1024 * 1024,
  entries: 10_000,
  ratio: 200,
  /** The ratio is judged from this many unpacked bytes on: small files of one repeated byte are harmless. */
  ratio_floor_bytes: 1024 * 1024,
  path_bytes: 1024,
  name_bytes: 255,
  depth: 32,
} as const;

/** What a `.fwpack` carries; one without a kind is an agent crew. */
export const PACK_KINDS = [
  "agent",
  "tool",
  "slash",
  "scanner",
  "channel",
  "app",
  "group",
  "flow",
  "skill",
  "service",
] as const;

/** `plugin.json` at the root of a `.fwpack`. Keys that are not named here are kept: the form only grows. */
export const packPlugin = z.looseObject({
  id: moduleId,
  kind: z.enum(PACK_KINDS).optional(),
  version: manifest.shape.version,
  name: z.string().min(1).max(128),
  author: z.string().max(256).optional(),
  description: z.string().max(4000).optional(),
  license: z.string().max(128).optional(),
});
export type PackPlugin = z.infer<typeof packPlugin>;
