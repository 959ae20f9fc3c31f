import { args, type Call } from "./call.ts";

export type Encoding = "utf8" | "base64";

export interface FileContent {
  readonly content: string;
  readonly encoding: Encoding;
  /** Of the whole file, bytes. */
  readonly size: number;
  /** Whether there is more of it. */
  readonly truncated: boolean;
}

export interface FileEntry {
  readonly name: string;
  readonly kind: "file" | "directory";
  /** Bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly modified_at: string;
}

export interface FileMatch {
  readonly path: string;
  /** 1-based, where a text was searched for. */
  readonly line?: number;
  readonly text?: string;
}

/**
 * Files. A path is relative to the agent's workspace or begins with `/workspace`; others need a grant.
 */
export interface Files {
  /** A file, or a range of its bytes; 8 MiB at most. */
  read(
    path: string,
    options?: { readonly offset?: number; readonly length?: number; readonly encoding?: Encoding },
  ): Promise<FileContent>;
  /** Replaces a file in one step; or appends; or creates only; or writes bytes at an offset. */
  write(
    path: string,
    content: string,
    options?: {
      readonly encoding?: Encoding;
      readonly mode?: "replace" | "append" | "create";
      readonly offset?: number;
    },
  ): Promise<{ readonly bytes: number }>;
  truncate(path: string, size: number): Promise<void>;
  /** Sorted by name. */
  list(
    path?: string,
    options?: { readonly limit?: number },
  ): Promise<{ readonly entries: readonly FileEntry[]; readonly truncated: boolean }>;
  stat(path: string): Promise<{ readonly found: boolean } & Partial<Omit<FileEntry, "name">>>;
  /** Makes the folders above it too. */
  mkdir(path: string): Promise<void>;
  delete(path: string, options?: { readonly recursive?: boolean }): Promise<void>;
  move(from: string, to: string, options?: { readonly overwrite?: boolean }): Promise<void>;
  /** Files by name pattern and, where given, their lines that contain a text. */
  search(options: {
    readonly path?: string;
    readonly glob?: string;
    readonly text?: string;
    readonly limit?: number;
  }): Promise<{ readonly matches: readonly FileMatch[]; readonly truncated: boolean }>;
}

export function createFiles(call: Call): Files {
  const run = async (cap: string, value: object) => {
    await call(cap, args(value));
  };
  return {
    read: (path, options = {}) => call("fs.read", args({ path, ...options })),
    write: (path, content, options = {}) => call("fs.write", args({ path, content, ...options })),
    truncate: (path, size) => run("fs.truncate", { path, size }),
    list: (path = "", options = {}) => call("fs.list", args({ path, ...options })),
    stat: (path) => call("fs.stat", { path }),
    mkdir: (path) => run("fs.mkdir", { path }),
    delete: (path, options = {}) => run("fs.delete", { path, ...options }),
    move: (from, to, options = {}) => run("fs.move", { from, to, ...options }),
    search: (options) => call("fs.search", args(options)),
  };
}
