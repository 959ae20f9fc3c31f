import {
  close as closeFile,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  open as openFile,
  readlinkSync,
  type Stats,
} from "node:fs";
import { lstat, realpath } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";
import { FieldworkError } from "#contract";

/** open(2): a handle that names an inode and does nothing else. */
const O_PATH = 0o10000000;
const O_NOFOLLOW = constants.O_NOFOLLOW ?? 0;
const O_NONBLOCK = constants.O_NONBLOCK ?? 0;
const BY_HANDLE = process.platform === "linux" && existsSync("/proc/self/fd");
/** So often may a file be replaced while it is being opened. */
const REPLACED_MOST = 20;
const open = promisify(openFile);

/**
 * One inode, held: known to have stood at the canonical path it was asked for. On Linux `path` goes through the handle, so
 * that whatever is done below it afterwards happens in that very folder, even if the folder is moved or a link put in its place.
 */
export interface Pin extends Disposable {
  readonly path: string;
  readonly stats: Stats;
}

/** @throws an errno error, or FieldworkError `conflict` when the canonical path now leads elsewhere. */
export async function pin(real: string): Promise<Pin> {
  if (!BY_HANDLE) return pinByName(real);
  for (let tries = 0; ; tries++) {
    const handle = await open(real, O_PATH | O_NOFOLLOW);
    try {
      const path = `/proc/self/fd/${handle}`;
      const seen = readlinkSync(path);
      if (seen === real) return { path, stats: fstatSync(handle), [Symbol.dispose]: () => closeSync(handle) };
      // Replaced in one step by another write: what is there now is as good.
      if (seen !== `${real} (deleted)` || tries === REPLACED_MOST) throw changed(real);
    } catch (error) {
      closeSync(handle);
      throw error;
    }
    closeSync(handle);
  }
}

async function pinByName(real: string): Promise<Pin> {
  const stats = await lstat(real);
  // The last part is taken as it is spelled on the disk; a link there stays a link.
  const seen = stats.isSymbolicLink() ? real : await realpath(real);
  if (seen !== real) throw changed(real);
  return { path: real, stats, [Symbol.dispose]() {} };
}

/** Pins the folder that holds a path; `name` is the last part. */
export async function pinParent(
  real: string,
): Promise<Pin & { readonly child: string; readonly name: string }> {
  const held = await pin(dirname(real));
  const name = basename(real);
  return { ...held, name, child: `${held.path}/${name}` };
}

/** An open file. */
export interface OpenFile extends Disposable {
  readonly handle: number;
  readonly stats: Stats;
}

/** Opens a pinned regular file; anything else is refused before it is opened, so that no pipe blocks and no device acts. */
export async function openRegular(real: string, flags: number): Promise<OpenFile> {
  using held = await pin(real);
  checkRegular(held.stats, real);
  // Awaited here: the pin has to outlive the opening.
  return await openSame(held.path, held.stats, flags | (BY_HANDLE ? 0 : O_NOFOLLOW | O_NONBLOCK));
}

/** Opens a file in a pinned folder by its name; `undefined` if it is not a regular file. */
export async function openChild(parent: Pin, name: string, flags: number): Promise<OpenFile | undefined> {
  const handle = await open(`${parent.path}/${name}`, flags | O_NOFOLLOW | O_NONBLOCK);
  const opened = openHandle(handle);
  if (opened.stats.isFile()) return opened;
  opened[Symbol.dispose]();
  return undefined;
}

/** Makes a new file in a pinned folder. */
export async function createChild(parent: Pin, name: string, flags = 0): Promise<OpenFile> {
  const create = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | O_NOFOLLOW;
  return openHandle(await open(`${parent.path}/${name}`, create | flags, 0o666));
}

export function checkRegular(stats: Stats, real: string): void {
  if (stats.isDirectory()) throw new FieldworkError("invalid_input", `${basename(real)} is a folder.`);
  if (!stats.isFile())
    throw new FieldworkError("denied", `${basename(real)} is neither a file nor a folder.`, {
      remedy: "Links, devices, sockets and pipes are shown, never opened.",
    });
}

async function openSame(path: string, stats: Stats, flags: number): Promise<OpenFile> {
  const opened = openHandle(await open(path, flags));
  if (opened.stats.ino === stats.ino && opened.stats.dev === stats.dev) return opened;
  opened[Symbol.dispose]();
  throw changed(path);
}

function openHandle(handle: number): OpenFile {
  return { handle, stats: fstatSync(handle), [Symbol.dispose]: () => closeFile(handle, () => undefined) };
}

function changed(real: string): FieldworkError {
  return new FieldworkError(
    "conflict",
    `${basename(real)} was moved or replaced while it was being opened.`,
    {
      remedy: "Try again; if it stays so, look for a link in the path.",
    },
  );
}
