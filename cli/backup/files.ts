import { createHash } from "node:crypto";
import { constants, createReadStream, existsSync } from "node:fs";
import { chmod, copyFile, lstat, mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FieldworkError } from "#contract";
import type { BackupFile } from "./manifest.ts";

const SQLITE_MAGIC = "SQLite format 3\0";
const JOURNAL = "journal.db";
const SQLITE_COMPANION = /-(wal|shm|journal)$/;

export interface Tree {
  /** Relative paths with `/`, sorted. */
  readonly files: readonly string[];
  /** Links, sockets and devices, which are not copied. */
  readonly skipped: readonly string[];
}

/** Every file below a folder, without the top entries named. */
export async function listTree(folder: string, leftOut: ReadonlySet<string>): Promise<Tree> {
  const files: string[] = [];
  const skipped: string[] = [];
  const waiting = [""];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const entry of await readdir(join(folder, at), { withFileTypes: true })) {
      const path = at === "" ? entry.name : `${at}/${entry.name}`;
      if (at === "" && leftOut.has(entry.name)) continue;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) files.push(path);
      else skipped.push(path);
    }
  }
  return { files: files.sort(), skipped: skipped.sort() };
}

/** Told how many bytes of how many are done. */
export type TellBytes = (done: number, of: number) => void;

/**
 * Copies a tree of a home. Databases are copied by SQLite itself, so that what stands in a write-ahead log
 * comes with them; the logs themselves stay behind. Owner-only rights stay owner-only.
 */
export async function copyTree(
  from: string,
  to: string,
  leftOut: ReadonlySet<string>,
  tell?: TellBytes,
): Promise<{ readonly files: readonly BackupFile[]; readonly skipped: readonly string[] }> {
  const { files, skipped } = await listTree(from, leftOut);
  const of = tell ? await bytesOf(from, files) : 0;
  let done = 0;
  const present = new Set(files);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const copied: BackupFile[] = [];
  for (const path of journalLast(files)) {
    const owner = path.replace(SQLITE_COMPANION, "");
    if (owner !== path && present.has(owner) && (await isDatabase(join(from, owner)))) continue;
    const made = await copyOne(from, to, path);
    if (!made) continue;
    copied.push(made);
    done += made.size;
    tell?.(Math.min(done, of), of);
  }
  return { files: copied, skipped };
}

/** What is gone by now was a passing file. */
async function bytesOf(folder: string, files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of files) bytes += (await stat(join(folder, path)).catch(() => undefined))?.size ?? 0;
  return bytes;
}

/** The journal tells of all that happened in the other databases, so it must not be the older copy. */
const journalLast = (files: readonly string[]): string[] => [
  ...files.filter((path) => !path.startsWith(JOURNAL)),
  ...files.filter((path) => path.startsWith(JOURNAL)),
];

/** A file that is gone by now was a passing one. */
async function copyOne(from: string, to: string, path: string): Promise<BackupFile | undefined> {
  const source = join(from, path);
  const target = join(to, path);
  if (!existsSync(source)) return undefined;
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  if (await isDatabase(source)) await copyDatabase(source, target);
  else await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  await chmod(target, (await stat(source)).mode & 0o777);
  await sync(target);
  return { path, ...(await digest(target)) };
}

/** One read transaction, so that a writer at work is neither held up nor seen half done. */
async function copyDatabase(source: string, target: string): Promise<void> {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(source, { readOnly: true, timeout: 5000 });
    db.prepare("VACUUM INTO ?").run(target);
  } catch (error) {
    throw new FieldworkError(
      "storage_failed",
      `The database ${source} cannot be copied: ${(error as Error).message}`,
      {
        remedy: "Run `fw doctor`; a damaged database comes back with `fw restore` from an older backup.",
        cause: error,
      },
    );
  } finally {
    db?.close();
  }
}

export async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return bytesRead === head.length && head.toString("latin1") === SQLITE_MAGIC;
  } finally {
    await file.close();
  }
}

/** Size in bytes and SHA-256 (hex) of a file. */
export async function digest(path: string): Promise<{ readonly size: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk as Buffer);
    size += (chunk as Buffer).length;
  }
  return { size, sha256: hash.digest("hex") };
}

/** Waits until a file, or the names in a folder, are on the disk. Windows cannot do this for folders and needs it less. */
export async function sync(path: string): Promise<void> {
  const folder = (await lstat(path)).isDirectory();
  if (folder && process.platform === "win32") return;
  const handle = await open(path, folder || process.platform !== "win32" ? "r" : "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
