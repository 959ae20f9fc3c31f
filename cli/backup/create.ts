import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { DATA_FORMAT, FieldworkError, VERSION } from "#contract";
import { readDataFormat, withHomeLocked } from "../home/index.ts";
import { fileTime } from "../terminal/index.ts";
import { copyTree, sync, type TellBytes } from "./files.ts";
import { freshPath } from "./fresh_path.ts";
import { BACKUP_FILE, type BackupManifest, LEFT_OUT } from "./manifest.ts";

export interface MadeBackup {
  readonly path: string;
  readonly bytes: number;
  readonly files: number;
  /** Links and special files of the home, which a backup does not hold. */
  readonly skipped: readonly string[];
}

/**
 * Makes a backup of a home that no server uses. It appears under its name only when it is complete.
 * @param to  the folder to make; without it `backups/<time>` in the home
 */
export const createBackup = (home: string, to: string | undefined, now: Date): Promise<MadeBackup> =>
  withHomeLocked(home, () => writeBackup(home, to, now));

export interface Telling {
  readonly bytes: TellBytes;
  /** Told of the folder in which it is made, so that whoever cuts this off can remove it. */
  begun(partial: string): void;
}

/** The same while a server uses the home: to be called by that server alone. Each database is a copy of one moment, the journal's the last. */
export const createLiveBackup = (
  home: string,
  to: string | undefined,
  now: Date,
  tell: Telling,
): Promise<MadeBackup> => writeBackup(home, to, now, tell);

async function writeBackup(
  home: string,
  to: string | undefined,
  now: Date,
  tell?: Telling,
): Promise<MadeBackup> {
  const target = to === undefined ? freshPath(join(home, "backups", fileTime(now))) : resolve(to);
  if (existsSync(target))
    throw new FieldworkError("conflict", `${target} is there already.`, {
      remedy: "Name another folder with --to.",
    });
  refuseInside(home, target);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const partial = join(dirname(target), `.${basename(target)}.partial-${process.pid}`);
  tell?.begun(partial);
  try {
    const { files, skipped } = await copyTree(home, partial, LEFT_OUT, tell?.bytes);
    const manifest: BackupManifest = {
      version: VERSION,
      data_format: readDataFormat(home) ?? DATA_FORMAT,
      created_at: now.toISOString(),
      files: [...files],
    };
    const path = join(partial, BACKUP_FILE);
    await writeFile(path, JSON.stringify(manifest, undefined, 1), { mode: 0o600 });
    await sync(path);
    await rename(partial, target);
    await sync(dirname(target));
    return {
      path: target,
      bytes: files.reduce((sum, file) => sum + file.size, 0),
      files: files.length,
      skipped,
    };
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** A backup inside the tree that is copied would contain itself. */
function refuseInside(home: string, target: string): void {
  const inside = relative(home, target);
  const [top = ""] = inside.split(/[\\/]/);
  const outside = inside.startsWith("..") || resolve(inside) === inside;
  if (!outside && !LEFT_OUT.has(top))
    throw new FieldworkError("invalid_input", "A backup inside the home must stand in its backups/.", {
      remedy: "Leave --to away, or name a folder outside the home.",
    });
}
