import { errno, fail } from "./errno.ts";
import type { WasiLimits } from "./limits.ts";
import type { GuestMemory } from "./memory.ts";

const nameBytes = 255;

// A byte order mark is part of a name; without this two names would be one.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export interface ResolvedPath {
  /** From the root of the file system, in the normal form of {@link VirtualFs}. */
  readonly path: string;
  /** The guest wrote a trailing `/`, `.` or `..`, which only a directory may have. */
  readonly asDirectory: boolean;
}

/**
 * Resolves a guest's path against an open directory, by its text alone: no link is followed and nothing is looked up, so
 * `a/../b` is `b` whether or not `a` exists. The result is always inside `directory`: an absolute path, or a `..` that
 * would leave it, fails with ENOTCAPABLE.
 */
export function resolvePath(
  memory: GuestMemory,
  limits: WasiLimits,
  directory: string,
  address: number,
  length: number,
): ResolvedPath {
  memory.check(address, length);
  if (length === 0) fail(errno.notFound);
  if (length > limits.pathBytes) fail(errno.nameTooLong);
  const bytes = memory.read(address, length);
  if (bytes.includes(0)) fail(errno.invalid);
  const text = decode(bytes);
  if (text.startsWith("/")) fail(errno.notCapable);

  const segments: string[] = [];
  let last = "";
  for (last of text.split("/")) {
    if (last === "" || last === ".") continue;
    if (last === "..") {
      if (segments.pop() === undefined) fail(errno.notCapable);
    } else {
      if (last.length > nameBytes || Buffer.byteLength(last) > nameBytes) fail(errno.nameTooLong);
      segments.push(last);
    }
  }
  const path = joinPath(directory, segments.join("/"));
  if (Buffer.byteLength(path) > limits.pathBytes) fail(errno.nameTooLong);
  return { path, asDirectory: last === "" || last === "." || last === ".." };
}

export function joinPath(directory: string, path: string): string {
  if (directory === "") return path;
  return path === "" ? directory : `${directory}/${path}`;
}

/** The directory that holds `path`; the root holds itself. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Whether `path` lies below `directory`. */
export function isBelow(path: string, directory: string): boolean {
  return directory === "" ? path !== "" : path.startsWith(`${directory}/`);
}

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    return fail(errno.illegalByteSequence);
  }
}
