import { mkdir as makeFolder } from "node:fs/promises";
import { dirname } from "node:path";
import { type CallContext, FieldworkError, fs, provide } from "#contract";
import { errnoOf } from "./errno.ts";
import { type Pin, pin, pinParent } from "./pin.ts";
import { serve } from "./serve.ts";
import { withinQuota } from "./usage.ts";

const [, , , , , fsMkdir] = fs;

export const mkdir = provide(
  fsMkdir,
  serve(async (_args, place, { host }: CallContext) => {
    const missing: string[] = [];
    for (let folder = place.real; !(await isFolder(folder, place.shown)); folder = dirname(folder))
      missing.push(folder);
    for (const folder of missing.reverse()) {
      // Each step pins its parent anew: a link that appears meanwhile is an error, not a way out.
      using parent = await pinParent(folder);
      await withinQuota(place, { bytes: 0, files: 1 }, host, () => makeFolder(parent.child)).catch(
        (error) => {
          if (errnoOf(error) !== "EEXIST") throw error;
        },
      );
    }
    return { ok: true as const };
  }),
);

async function isFolder(real: string, shown: string): Promise<boolean> {
  let held: Pin;
  try {
    held = await pin(real);
  } catch (error) {
    if (errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR") return false;
    throw error;
  }
  using found = held;
  if (!found.stats.isDirectory())
    throw new FieldworkError(
      "conflict",
      `${shown} cannot be a folder: there is something else in its place.`,
    );
  return true;
}
