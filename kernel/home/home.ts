import { chmodSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { access, constants, statfs } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { FieldworkError } from "#contract";

/** Types of file systems that other machines share, on which SQLite's locks do not hold: `f_type` of Linux, `statfs(2)` and `magic.h`. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB 2"],
  [0x564c, "NCP"],
  [0x01021997, "9P"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x01161970, "GFS2"],
  [0x7461636f, "OCFS2"],
  [0x73757245, "Coda"],
]);

/** The network file system that a type of `statfs` stands for, if it is one. */
export function networkFileSystem(
  type: number,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  return platform === "linux" ? NETWORK_FILE_SYSTEMS.get(type >>> 0) : undefined;
}

export interface Home {
  readonly path: string;
  /** The absolute path of a folder of the home, made (0700) if it is not there. */
  folder(...names: readonly string[]): string;
  file(name: string): string;
  /** Lets another process use the home. */
  release(): void;
}

const invalid = (message: string, remedy: string, cause?: unknown) =>
  new FieldworkError("home_invalid", message, { remedy, cause });

/**
 * Takes a home folder for this process alone.
 * @throws FieldworkError `home_invalid` (not usable, or in use by another process), with what to do about it.
 */
export async function openHome(path: string): Promise<Home> {
  const root = resolve(path);
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw invalid(
      `The home folder ${root} cannot be made: ${(error as Error).message}`,
      "Choose a folder you may write to with FIELDWORK_HOME.",
      error,
    );
  }
  await refuseNetwork(root);
  await requireWritable(root);
  if (process.platform !== "win32" && (statSync(root).mode & 0o077) !== 0) chmodSync(root, 0o700);

  const folder = (...names: readonly string[]): string => {
    const at = join(root, ...names);
    if (!existsSync(at)) mkdirSync(at, { recursive: true, mode: 0o700 });
    return at;
  };
  const release = lock(join(folder("run"), "lock.db"), root);
  return { path: root, folder, file: (name) => join(root, name), release };
}

async function refuseNetwork(root: string): Promise<void> {
  const { type } = await statfs(root);
  const name = networkFileSystem(type);
  if (!name) return;
  throw invalid(
    `The home folder ${root} is on a network file system (${name}), where databases can be damaged.`,
    "Set FIELDWORK_HOME to a folder on a local disk; to move an existing home, copy it there with `fw backup` and `fw restore`.",
  );
}

async function requireWritable(root: string): Promise<void> {
  const probe = join(root, ".writable");
  try {
    await access(root, constants.W_OK | constants.R_OK | constants.X_OK);
    writeFileSync(probe, "", { mode: 0o600 });
    rmSync(probe, { force: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === "EROFS"
        ? "is on a read-only file system"
        : code === "ENOSPC"
          ? "is on a full disk"
          : "cannot be written to";
    throw invalid(
      `The home folder ${root} ${why}.`,
      code === "ENOSPC"
        ? "Free some space on that disk, then start again."
        : "Make it writable for you, or set FIELDWORK_HOME to another folder.",
      error,
    );
  }
}

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** An exclusive SQLite lock: it ends with the process, however that ends, on every platform. */
function lock(path: string, root: string): () => void {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    db.exec("PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    db.close();
    if (((error as { errcode?: number }).errcode ?? 0) !== SQLITE_BUSY) {
      throw invalid(
        `The home folder ${root} cannot be locked: ${(error as Error).message}`,
        `Delete ${path}, then start again.`,
        error,
      );
    }
    throw invalid(
      `Another Fieldwork is using the home folder ${root}.`,
      "Stop it with ./stop.sh, or set FIELDWORK_HOME to another folder for this one.",
      error,
    );
  }
  return () => db.close();
}
