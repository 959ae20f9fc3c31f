import { existsSync } from "node:fs";
import { rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { DATA_FORMAT, FieldworkError } from "#contract";
import { type HomeLock, readDataFormat, withHomeLocked } from "../home/index.ts";
import { fileTime, sizeText } from "../terminal/index.ts";
import { copyTree, listTree } from "./files.ts";
import { freshPath } from "./fresh_path.ts";
import { LEFT_OUT } from "./manifest.ts";
import { markRestored } from "./restored.ts";
import { swapHome } from "./swap.ts";
import { migrate, tryOut } from "./trial.ts";
import { validateDatabases } from "./validate.ts";

const SPARE_BYTES = 64 * 1024 * 1024;

export interface Upgraded {
  readonly from: number;
  readonly to: number;
  /** The home as it was, for `fw rollback`. */
  readonly previous: string;
}

const previousHome = (home: string): string => `${home}.previous`;

/** The data format of a home and of the program, and whether `fw upgrade` has anything to do. */
export function upgradeNeeded(home: string): { readonly needed: boolean; readonly from: number } {
  const from = readDataFormat(home);
  if (from === undefined)
    throw new FieldworkError("home_invalid", "The home names no data format.", {
      remedy: "Run `fw doctor`.",
    });
  if (from > DATA_FORMAT)
    throw new FieldworkError("conflict", `The data have format ${from}; this program knows ${DATA_FORMAT}.`, {
      remedy: "Use the newer program again, or `fw rollback` to the data from before the upgrade.",
    });
  return { needed: from < DATA_FORMAT, from };
}

/**
 * Brings the data of a home that no server uses to the program's form: on a copy, which is migrated, started, asked whether
 * it is well and stopped again; only then it takes the home's place. After any failure the copy is gone and the home is as it was.
 */
export const upgradeHome = (
  root: string,
  home: string,
  now: Date,
  tell: (step: string) => void,
): Promise<Upgraded> => withHomeLocked(home, (lock) => upgradeLocked(root, home, now, tell, lock));

async function upgradeLocked(
  root: string,
  home: string,
  now: Date,
  tell: (step: string) => void,
  lock: HomeLock,
): Promise<Upgraded> {
  const { from } = upgradeNeeded(home);
  const copy = freshPath(`${home}.upgrade-${fileTime(now)}`);
  try {
    await requireSpace(home);
    tell("Copying the home");
    await copyTree(home, copy, LEFT_OUT);
    tell("Migrating the copy");
    await migrate(root, copy);
    const reached = readDataFormat(copy);
    if (reached !== DATA_FORMAT)
      throw new FieldworkError(
        "internal",
        `The migration ended at data format ${reached} instead of ${DATA_FORMAT}.`,
      );
    tell("Trying it out");
    await tryOut(root, copy);
    await validateDatabases(copy, (await listTree(copy, LEFT_OUT)).files);
    for (const name of LEFT_OUT) await rm(join(copy, name), { recursive: true, force: true });
    await swapKeepingOne(home, copy, lock);
    return { from, to: DATA_FORMAT, previous: previousHome(home) };
  } catch (error) {
    await rm(copy, { recursive: true, force: true });
    throw error;
  }
}

/** Puts the home from before the last upgrade back; the present one is kept beside it. */
export async function rollbackHome(
  home: string,
  now: Date,
): Promise<{ readonly home: string; readonly kept: string; readonly data_format: number | null }> {
  const previous = previousHome(home);
  if (!existsSync(previous))
    throw new FieldworkError("not_found", "There is no home from before an upgrade to go back to.", {
      remedy: "Use `fw restore PATH` with a backup.",
    });
  const data_format = readDataFormat(previous) ?? null;
  const kept = freshPath(`${home}.rolled-back-${fileTime(now)}`);
  await withHomeLocked(home, async (lock) => {
    await markRestored(previous, kept);
    await swapHome(home, previous, kept, lock);
  });
  return { home, kept, data_format };
}

/** One previous home is kept: the one before it goes, but not until the exchange is done. */
async function swapKeepingOne(home: string, copy: string, lock: HomeLock): Promise<void> {
  const previous = previousHome(home);
  const older = `${previous}.older`;
  await rm(older, { recursive: true, force: true });
  if (existsSync(previous)) await rename(previous, older);
  try {
    await swapHome(home, copy, previous, lock);
  } catch (error) {
    if (existsSync(older)) await rename(older, previous);
    throw error;
  }
  await rm(older, { recursive: true, force: true });
}

async function requireSpace(home: string): Promise<void> {
  let bytes = SPARE_BYTES;
  for (const path of (await listTree(home, LEFT_OUT)).files) bytes += (await stat(join(home, path))).size;
  const { bavail, bsize } = await statfs(home);
  if (bavail * bsize < bytes)
    throw new FieldworkError(
      "storage_failed",
      `The upgrade needs ${sizeText(bytes)} of free disk space; there are ${sizeText(bavail * bsize)}.`,
    );
}
