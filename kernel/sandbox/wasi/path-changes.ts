import { errno, fail } from "./errno.ts";
import { statPath } from "./file-attributes.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { isBelow, type ResolvedPath, resolvePath } from "./path.ts";
import { rights } from "./rights.ts";

/**
 * The functions that make, move and remove names. There are no links: none is ever made (ENOTSUP) or found (`path_readlink`
 * of what exists is EINVAL).
 */
export function pathChangeFunctions({ memory, table, limits }: Host): WasiFunctions {
  function resolve(fd: number, needed: number, address: number, length: number) {
    const { fs, path: root } = table.directory(fd, needed);
    return { fs, ...resolvePath(memory, limits, root, address, length) };
  }

  function refuseRoot({ path }: ResolvedPath): void {
    if (path === "") fail(errno.busy);
  }

  return {
    waiting: {
      async path_create_directory(fd: number, address: number, length: number) {
        const { fs, path } = resolve(fd, rights.pathCreateDirectory, address, length);
        if (path === "") return errno.exists;
        await fs.mkdir(path);
        return errno.success;
      },

      async path_remove_directory(fd: number, address: number, length: number) {
        const target = resolve(fd, rights.pathRemoveDirectory, address, length);
        refuseRoot(target);
        await target.fs.remove(target.path, "directory");
        table.removed(target.fs, target.path);
        return errno.success;
      },

      async path_unlink_file(fd: number, address: number, length: number) {
        const { fs, path, asDirectory } = resolve(fd, rights.pathUnlinkFile, address, length);
        if (asDirectory) {
          await statPath(fs, path, true);
          return errno.isDirectory;
        }
        await fs.remove(path, "file");
        table.removed(fs, path);
        return errno.success;
      },

      async path_rename(
        fromFd: number,
        fromAddress: number,
        fromLength: number,
        toFd: number,
        toAddress: number,
        toLength: number,
      ) {
        const from = resolve(fromFd, rights.pathRenameSource, fromAddress, fromLength);
        const to = resolve(toFd, rights.pathRenameTarget, toAddress, toLength);
        if (from.fs !== to.fs) return errno.crossDevice;
        refuseRoot(from);
        refuseRoot(to);
        await statPath(from.fs, from.path, from.asDirectory || to.asDirectory);
        if (from.path === to.path) return errno.success;
        if (isBelow(to.path, from.path)) return errno.invalid;
        await from.fs.move(from.path, to.path);
        table.removed(from.fs, to.path);
        table.moved(from.fs, from.path, to.path);
        return errno.success;
      },

      async path_readlink(
        fd: number,
        address: number,
        length: number,
        buffer: number,
        bufferLength: number,
        result: number,
      ) {
        const { fs, path, asDirectory } = resolve(fd, rights.pathReadlink, address, length);
        memory.check(buffer, bufferLength);
        memory.check(result, 4);
        await statPath(fs, path, asDirectory);
        return errno.invalid;
      },
    },
    immediate: {
      path_link(
        fromFd: number,
        _lookup: number,
        fromAddress: number,
        fromLength: number,
        toFd: number,
        toAddress: number,
        toLength: number,
      ) {
        resolve(fromFd, rights.pathLinkSource, fromAddress, fromLength);
        resolve(toFd, rights.pathLinkTarget, toAddress, toLength);
        return errno.notSupported;
      },

      path_symlink(targetAddress: number, targetLength: number, fd: number, address: number, length: number) {
        memory.check(targetAddress, targetLength);
        resolve(fd, rights.pathSymlink, address, length);
        return errno.notSupported;
      },
    },
  };
}
