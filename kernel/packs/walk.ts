import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { FieldworkError, PACK_LIMITS } from "#contract";
import { asDiskError } from "./disk_error.ts";
import { refuseAborted } from "./job.ts";
import { quoted } from "./problems.ts";
import { createPathSet } from "./zip/index.ts";

export interface Found {
  /** Sorted by UTF-16 code unit. */
  readonly files: readonly string[];
  readonly skipped: readonly string[];
}

/** The files below `folder` that `include` lets through, except `target`. Links are never followed. */
export async function walk(
  folder: string,
  target: string,
  include: (path: string) => boolean,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const files: string[] = [];
  const skipped: string[] = [];
  const folders = [""];
  try {
    for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
      refuseAborted(signal);
      for await (const entry of await opendir(join(folder, below))) {
        const path = below === "" ? entry.name : `${below}/${entry.name}`;
        if (entry.isDirectory()) folders.push(path);
        else if (join(folder, path) === target || !include(path)) continue;
        else if (entry.isFile()) files.push(path);
        else skipped.push(path);
      }
      if (files.length > PACK_LIMITS.entries)
        throw new FieldworkError(
          "too_large",
          `The folder has more than ${PACK_LIMITS.entries} files; a pack may not.`,
        );
    }
  } catch (error) {
    throw asDiskError(error);
  }
  files.sort();
  refuseUnportable(files);
  return { files, skipped: skipped.sort() };
}

function refuseUnportable(files: readonly string[]): void {
  const paths = createPathSet();
  const problems = files.flatMap((path) => {
    const problem = paths.add(path, "file");
    return problem === undefined ? [] : [`${quoted(path)}: ${problem}`];
  });
  if (problems.length === 0) return;
  throw new FieldworkError("invalid_input", `The folder cannot be packed: ${problems[0]}`, {
    remedy: "Rename these files or leave them out.",
    details: { problems: problems.slice(0, 100) },
  });
}
