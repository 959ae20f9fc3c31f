import { descriptorFlagsMask, lookupFlagsMask, openFlag, openFlagsMask } from "./abi.ts";
import type { OpenDirectory } from "./descriptors.ts";
import { errno, fail } from "./errno.ts";
import { statPath } from "./file-attributes.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { type ResolvedPath, resolvePath } from "./path.ts";
import { directoryRights, fileRights, knownRights, rights } from "./rights.ts";
import type { FileKind } from "./virtual-fs.ts";

/**
 * `path_open`. The new descriptor has the rights that were asked for, as far as the directory passes them on and they mean
 * something for what was opened; asking for more is no error, since language runtimes do (Go asks for all).
 */
export function pathOpenFunctions({ memory, table, limits }: Host): WasiFunctions {
  /** Opens, makes or empties what the path names, and tells what it is. */
  async function prepare(
    { fs }: OpenDirectory,
    { path, asDirectory }: ResolvedPath,
    flags: number,
    writes: boolean,
  ): Promise<FileKind> {
    const truncate = (flags & openFlag.truncate) !== 0;
    if ((flags & openFlag.create) !== 0) {
      if ((flags & openFlag.directory) !== 0) fail(errno.invalid);
      if (asDirectory || path === "") fail(errno.isDirectory);
      await fs.create(path, { exclusive: (flags & openFlag.exclusive) !== 0, truncate });
      return "file";
    }
    const wantsDirectory = (flags & openFlag.directory) !== 0;
    const { kind } = await statPath(fs, path, asDirectory || wantsDirectory);
    if (kind === "directory") {
      if (truncate || (writes && !wantsDirectory)) fail(errno.isDirectory);
    } else if (truncate) {
      await fs.truncate(path, 0);
    }
    return kind;
  }

  return {
    waiting: {
      async path_open(
        fd: number,
        lookup: number,
        address: number,
        length: number,
        openFlags: number,
        base: bigint,
        inheriting: bigint,
        flags: number,
        result: number,
      ) {
        let needed: number = rights.pathOpen;
        if ((openFlags & openFlag.create) !== 0) needed |= rights.pathCreateFile;
        if ((openFlags & openFlag.truncate) !== 0) needed |= rights.pathFilestatSetSize;
        const directory = table.directory(fd, needed);
        const unknown =
          (lookup & ~lookupFlagsMask) | (openFlags & ~openFlagsMask) | (flags & ~descriptorFlagsMask);
        if (unknown !== 0) return errno.invalid;
        const resolved = resolvePath(memory, limits, directory.path, address, length);
        memory.check(result, 4);
        table.checkRoom();

        const granted = knownRights(base) & directory.inheriting;
        const kind = await prepare(directory, resolved, openFlags, (granted & rights.fdWrite) !== 0);
        const { fs, device } = directory;
        const node = { fs, device, path: resolved.path, removed: false, flags };
        const opened =
          kind === "file"
            ? table.open({ ...node, kind, base: granted & fileRights, inheriting: 0, position: 0 })
            : table.open({
                ...node,
                kind,
                base: granted & directoryRights,
                inheriting: knownRights(inheriting) & directory.inheriting,
                preopen: undefined,
                listing: undefined,
              });
        memory.writeU32(result, opened);
        return errno.success;
      },
    },
  };
}
