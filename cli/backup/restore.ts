import { constants } from "node:fs";
import { chmod, copyFile, mkdir, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { FieldworkError } from "#contract";
import { type HomeLock, withHomeLocked } from "../home/index.ts";
import { fileTime } from "../terminal/index.ts";
import { digest, sync, type TellBytes } from "./files.ts";
import { freshPath } from "./fresh_path.ts";
import type { BackupFile, BackupManifest } from "./manifest.ts";
import { markRestored } from "./restored.ts";
import { swapHome } from "./swap.ts";
import { validateBackup, validateDatabases } from "./validate.ts";

export interface Restored {
  readonly home: string;
  /** Where the home that was there before is kept; `null` when there was none. */
  readonly kept: string | null;
  readonly files: number;
  readonly created_at: string;
}

/**
 * Puts a backup in the place of the home. All of it is copied beside the home, its hashes and databases proved there, and
 * only then exchanged with the home; until then nothing of the home is touched. No server may be running.
 */
export const restoreBackup = (home: string, from: string, now: Date): Promise<Restored> =>
  withHomeLocked(home, (lock) => restoreLocked(home, from, now, lock));

async function restoreLocked(home: string, from: string, now: Date, lock: HomeLock): Promise<Restored> {
  const { next, kept } = restorePlaces(home, now);
  try {
    const manifest = await stageBackup(resolve(from), next);
    const had = await exists(home);
    await markRestored(next, had ? kept : null);
    await swapHome(home, next, kept, lock);
    return { home, kept: had ? kept : null, files: manifest.files.length, created_at: manifest.created_at };
  } catch (error) {
    await rm(next, { recursive: true, force: true });
    throw error;
  }
}

/** Beside the home: where a backup is prepared, and where the home that was is kept. */
export const restorePlaces = (home: string, now: Date): { readonly next: string; readonly kept: string } => ({
  next: freshPath(`${home}.restoring-${fileTime(now)}`),
  kept: freshPath(`${home}.before-restore-${fileTime(now)}`),
});

export type TellStep = (step: string, done: number, of: number) => void;

/** Proves a backup whole, copies it beside the home and proves the copy; whatever goes wrong, the copy is the caller's to remove. */
export async function stageBackup(
  folder: string,
  next: string,
  tell: TellStep = () => {},
): Promise<BackupManifest> {
  const manifest = await validateBackup(folder, (done, of) => tell("Proving the backup", done, of));
  await copyFiles(folder, next, manifest, (done, of) => tell("Copying it beside the home", done, of));
  tell("Proving its databases", 0, 0);
  await validateDatabases(
    next,
    manifest.files.map((file) => file.path),
  );
  return manifest;
}

async function copyFiles(
  folder: string,
  next: string,
  manifest: BackupManifest,
  tell: TellBytes,
): Promise<void> {
  await mkdir(next, { recursive: true, mode: 0o700 });
  const of = manifest.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const file of manifest.files) {
    await copyVerified(folder, next, file);
    done += file.size;
    tell(done, of);
  }
  await sync(next);
}

async function copyVerified(folder: string, next: string, file: BackupFile): Promise<void> {
  const target = join(next, file.path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  await copyFile(join(folder, file.path), target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await chmod(target, (await stat(target)).mode & 0o700);
  await sync(target);
  if ((await digest(target)).sha256 !== file.sha256)
    throw new FieldworkError("storage_failed", `${file.path} was not copied as it is in the backup.`, {
      remedy: "The disk may be failing; the home was not touched.",
    });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
