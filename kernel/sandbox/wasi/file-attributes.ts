import { filestat, fileType, timesFlag, timesFlagsMask } from "./abi.ts";
import { requireRights } from "./descriptors.ts";
import { type Errno, errno, fail } from "./errno.ts";
import { writeFilestat } from "./filestat.ts";
import { fileOffset, type Host, type WasiFunctions } from "./host.ts";
import { resolvePath } from "./path.ts";
import { rights } from "./rights.ts";
import type { FileStat, VirtualFs } from "./virtual-fs.ts";

/**
 * `fd_filestat_*` and `path_filestat_*`. Times cannot be set: a virtual file system has only the time of its last change,
 * so that asking for it gives ENOTSUP rather than a success that did nothing.
 */
export function fileAttributeFunctions({ memory, table, limits }: Host): WasiFunctions {
  return {
    waiting: {
      fd_filestat_get(fd: number, result: number): Errno | Promise<Errno> {
        const descriptor = table.get(fd);
        requireRights(descriptor, rights.fdFilestatGet);
        memory.check(result, filestat.size);
        if (descriptor.kind === "input" || descriptor.kind === "output") {
          memory.clear(result, filestat.size);
          memory.writeU8(result + filestat.fileType, fileType.unknown);
          memory.writeU64(result + filestat.links, 1n);
          return errno.success;
        }
        if (descriptor.removed) fail(errno.notFound);
        const { fs, path, device } = descriptor;
        return fs.stat(path).then((stat) => {
          writeFilestat(memory, result, device, path, stat);
          return errno.success;
        });
      },

      async fd_filestat_set_size(fd: number, size: bigint) {
        const file = table.file(fd, rights.fdFilestatSetSize);
        await file.fs.truncate(file.path, fileOffset(size, errno.fileTooLarge));
        return errno.success;
      },

      async path_filestat_get(fd: number, _lookup: number, address: number, length: number, result: number) {
        const { fs, path: root, device } = table.directory(fd, rights.pathFilestatGet);
        const { path, asDirectory } = resolvePath(memory, limits, root, address, length);
        memory.check(result, filestat.size);
        writeFilestat(memory, result, device, path, await statPath(fs, path, asDirectory));
        return errno.success;
      },

      async path_filestat_set_times(
        fd: number,
        _lookup: number,
        address: number,
        length: number,
        _access: bigint,
        _modification: bigint,
        flags: number,
      ) {
        const { fs, path: root } = table.directory(fd, rights.pathFilestatSetTimes);
        const { path, asDirectory } = resolvePath(memory, limits, root, address, length);
        await statPath(fs, path, asDirectory);
        return setTimes(flags);
      },
    },
    immediate: {
      fd_filestat_set_times(fd: number, _access: bigint, _modification: bigint, flags: number) {
        requireRights(table.get(fd), rights.fdFilestatSetTimes);
        return setTimes(flags);
      },
    },
  };
}

/** ENOTDIR if the path must be a directory and is not. */
export async function statPath(fs: VirtualFs, path: string, asDirectory: boolean): Promise<FileStat> {
  const stat = await fs.stat(path);
  if (asDirectory && stat.kind !== "directory") fail(errno.notDirectory);
  return stat;
}

function setTimes(flags: number): Errno {
  const access = timesFlag.access | timesFlag.accessNow;
  const modification = timesFlag.modification | timesFlag.modificationNow;
  const contradictory = (flags & access) === access || (flags & modification) === modification;
  if (contradictory || (flags & ~timesFlagsMask) !== 0) return errno.invalid;
  return flags === 0 ? errno.success : errno.notSupported;
}
