import { resolve } from "node:path";
import { runJob } from "./job.ts";
import type { PackListing } from "./listing.ts";

/**
 * Checks a whole pack, every content with its checksum, and writes nothing.
 * @throws FieldworkError `module_invalid` or `too_large` with every problem in `details.problems`; `invalid_input` for what
 * this version does not install; `not_found`; `cancelled`.
 */
export function readPack(path: string, signal?: AbortSignal): Promise<PackListing> {
  return runJob({ kind: "read", pack: resolve(path) }, signal);
}
