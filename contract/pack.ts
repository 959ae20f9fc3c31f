/** Limits of a pack (`.fwagent.zip`, `.fwpack`); beyond one of them a pack is refused whole. */
export const PACK_LIMITS = {
  packed_bytes: 64 * 1024 * 1024,
  unpacked_bytes: 512 * 1024 * 1024,
  entries: 10_000,
  ratio: 200,
  path_bytes: 1024,
  depth: 32,
} as const;
