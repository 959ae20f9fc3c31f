import { randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { asDiskError } from "./disk_error.ts";
import { exportable } from "./exportable.ts";
import { runJob } from "./job.ts";
import { removing } from "./removing.ts";
import { walk } from "./walk.ts";

export interface PackOptions {
  /**
   * Decides for each file, by its path in the folder, whether it is packed. The default is {@link exportable}; a caller
   * with a decision of its own calls that as well.
   */
  include?(path: string): boolean;
  readonly signal?: AbortSignal;
}

export interface Packed {
  readonly bytes: number;
  /** Of the pack's file, in hexadecimal. */
  readonly sha256: string;
  /** Links and devices that were left out. */
  readonly skipped: readonly string[];
}

/**
 * Packs a folder's files as the zip `to`, in one step: `to` is the whole new pack or what it was before. Equal files give
 * equal bytes. Empty folders are not kept.
 * @throws FieldworkError `invalid_input` for paths that a pack cannot hold, all in `details.problems`; `too_large`;
 * `not_found`; `storage_failed`; `cancelled`.
 */
export async function pack(folder: string, to: string, options: PackOptions = {}): Promise<Packed> {
  const { include = exportable, signal } = options;
  const source = resolve(folder);
  const target = resolve(to);
  const { files, skipped } = await walk(source, target, include, signal);
  const temporary = `${target}.${randomUUID()}.tmp`;
  return removing(temporary, async () => {
    const written = await runJob({ kind: "pack", folder: source, paths: files, temporary }, signal);
    try {
      await rename(temporary, target);
      await syncFolder(dirname(target));
    } catch (error) {
      throw asDiskError(error);
    }
    return { ...written, skipped };
  });
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
