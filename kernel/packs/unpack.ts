import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { asDiskError } from "./disk_error.ts";
import { runJob } from "./job.ts";
import type { PackListing } from "./listing.ts";
import { removing } from "./removing.ts";

/**
 * Checks a pack and writes its module's folder as the new folder `into` (mode 0700, files 0600), durably. `into` must not
 * exist, its parent must. On any failure `into` is gone again.
 * @returns the pack's listing as seen from `into`: `root` is empty, `entries` are the files written.
 * @throws FieldworkError as {@link readPack}; `conflict` when `into` exists; `storage_failed`.
 */
export async function unpack(path: string, into: string, signal?: AbortSignal): Promise<PackListing> {
  const folder = resolve(into);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    throw asDiskError(error);
  }
  return removing(folder, () => runJob({ kind: "unpack", pack: resolve(path), into: folder }, signal));
}
