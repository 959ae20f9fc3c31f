import type { Dirent } from "node:fs";
import { lstat, opendir } from "node:fs/promises";
import { fs, provide } from "#contract";
import { isTemporary } from "./path.ts";
import { type Pin, pin } from "./pin.ts";
import { serve } from "./serve.ts";
import { checkFolder, kindOf, sizeOf } from "./stat.ts";

const [, , , fsList] = fs;
const NAMES_MOST = 100_000;
const SIDE_BY_SIDE = 64;

export const list = provide(
  fsList,
  serve(async ({ limit }, place) => {
    using folder = await pin(place.real);
    checkFolder(folder, place.shown);
    const { children, truncated } = await childrenOf(folder);
    const names = children.slice(0, limit).map((child) => child.name);
    const entries = [];
    for (let at = 0; at < names.length; at += SIDE_BY_SIDE)
      entries.push(
        ...(await Promise.all(names.slice(at, at + SIDE_BY_SIDE).map((name) => describe(folder, name)))),
      );
    return {
      entries: entries.filter((entry) => entry !== undefined),
      truncated: truncated || children.length > limit,
    };
  }),
);

/**
 * What a pinned folder holds, sorted by name; of more than {@link NAMES_MOST} the first the file system gives.
 * @param all also files that are being written
 */
export async function childrenOf(
  folder: Pin,
  all = false,
): Promise<{ children: Dirent[]; truncated: boolean }> {
  const children: Dirent[] = [];
  let truncated = false;
  for await (const child of await opendir(folder.path, { bufferSize: 256 })) {
    if (!all && isTemporary(child.name)) continue;
    if (children.length === NAMES_MOST) {
      truncated = true;
      break;
    }
    children.push(child);
  }
  children.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { children, truncated };
}

async function describe(folder: Pin, name: string) {
  try {
    const stats = await lstat(`${folder.path}/${name}`);
    return { name, kind: kindOf(stats), size: sizeOf(stats), modified_at: stats.mtime.toISOString() };
  } catch {
    // Deleted since the folder was read.
    return undefined;
  }
}
