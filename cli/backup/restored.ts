import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { RESTORED_FILE, type RestoredMark } from "#contract";
import { sync } from "./files.ts";

/**
 * Says in a home that is about to take the place of another that this is so: its first start ends the sessions it holds, and whatever
 * was taken away since.
 * @param over  where the home is kept that was there; `null`: there was none
 */
export async function markRestored(next: string, over: string | null): Promise<void> {
  const path = join(next, RESTORED_FILE);
  const mark: RestoredMark = { over: over === null ? null : resolve(over) };
  await writeFile(path, JSON.stringify(mark), { mode: 0o600 });
  await sync(path);
  await sync(next);
}
