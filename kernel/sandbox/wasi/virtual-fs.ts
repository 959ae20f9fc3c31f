import { type Errno, errno } from "./errno.ts";

export type FileKind = "file" | "directory";

export interface FileStat {
  readonly kind: FileKind;
  /** Bytes; 0 for a directory. */
  readonly size: number;
  /** Time of last modification, milliseconds since 1970. */
  readonly mtimeMs: number;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: FileKind;
}

/**
 * The files behind one preopened directory. Paths are relative, `/`-separated and normalised: no empty, `.` or `..`
 * segment, no leading or trailing slash; `""` is the root. What a path may reach (links, other volumes, names the platform
 * treats specially) is for the implementation to decide. It refuses by rejecting with a {@link VirtualFsError}; any other
 * rejection ends the guest and reaches its caller.
 */
export interface VirtualFs {
  stat(path: string): Promise<FileStat>;
  /** At most `length` bytes from `offset`; fewer are allowed, none means the end of the file. */
  read(path: string, offset: number, length: number): Promise<Uint8Array>;
  /** All of `data` at `offset`; a gap before it reads as zeros. The file exists already. */
  write(path: string, offset: number, data: Uint8Array): Promise<void>;
  /** Makes a file if there is none. `exclusive`: it must not exist (`exists`). `truncate`: an existing one becomes empty. */
  create(path: string, options: { readonly exclusive: boolean; readonly truncate: boolean }): Promise<void>;
  /** Cuts a file, or extends it with zeros, to `size` bytes. */
  truncate(path: string, size: number): Promise<void>;
  /** What the directory holds, without `.` and `..`. */
  list(path: string): Promise<readonly DirectoryEntry[]>;
  mkdir(path: string): Promise<void>;
  /** Removes a file or an empty directory, and only one of the given kind. */
  remove(path: string, kind: FileKind): Promise<void>;
  /** Renames as POSIX does: replaces an existing file with a file, an empty directory with a directory. */
  move(from: string, to: string): Promise<void>;
}

const errnoOfCode = {
  not_found: errno.notFound,
  denied: errno.access,
  exists: errno.exists,
  not_directory: errno.notDirectory,
  is_directory: errno.isDirectory,
  not_empty: errno.notEmpty,
  too_large: errno.fileTooLarge,
  io: errno.io,
  invalid: errno.invalid,
  no_space: errno.noSpace,
} as const satisfies Record<string, Errno>;

export type VirtualFsErrorCode = keyof typeof errnoOfCode;

/** How a {@link VirtualFs} refuses; the guest sees the error number that goes with the code. */
export class VirtualFsError extends Error {
  readonly code: VirtualFsErrorCode;

  constructor(code: VirtualFsErrorCode, message: string = code) {
    super(message);
    this.name = "VirtualFsError";
    this.code = code;
  }
}

export function errnoOfVirtualFsError(error: VirtualFsError): Errno {
  return errnoOfCode[error.code];
}
