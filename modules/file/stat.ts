import type { Stats } from "node:fs";
import { FieldworkError, fs, provide } from "#contract";
import { errnoOf } from "./errno.ts";
import { type Pin, pin } from "./pin.ts";
import { serve } from "./serve.ts";

const [, , , , fsStat] = fs;

export type Kind = "file" | "directory" | "other";
export const kindOf = (stats: Pick<Stats, "isFile" | "isDirectory">): Kind =>
  stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other";

export const stat = provide(
  fsStat,
  serve(async (_args, place) => {
    let held: Pin;
    try {
      held = await pin(place.real);
    } catch (error) {
      const code = errnoOf(error);
      if (code === "ENOENT" || code === "ENOTDIR") return { found: false };
      throw error;
    }
    using found = held;
    const { stats } = found;
    return { found: true, kind: kindOf(stats), size: sizeOf(stats), modified_at: stats.mtime.toISOString() };
  }),
);

/** A folder's own size says nothing of what is in it. */
export const sizeOf = (stats: Stats): number => (stats.isFile() ? stats.size : 0);

export function checkFolder(held: Pin, shown: string): void {
  if (!held.stats.isDirectory()) throw new FieldworkError("invalid_input", `${shown} is not a folder.`);
}
