import { dirent } from "./abi.ts";
import type { OpenDirectory } from "./descriptors.ts";
import { errno, fail } from "./errno.ts";
import { fileTypeOf, inodeOf } from "./filestat.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { joinPath, parentPath } from "./path.ts";
import { rights } from "./rights.ts";
import type { DirectoryEntry } from "./virtual-fs.ts";

/**
 * `fd_readdir`. Reading from cookie 0 takes a snapshot of the directory, with `.` and `..` first; a cookie is an index into
 * it. As the witx asks, the buffer is filled to the brim, cutting the last entry: less than a full buffer means the end.
 */
export function directoryListingFunctions({ memory, table, limits }: Host): WasiFunctions {
  async function takeSnapshot(directory: OpenDirectory): Promise<readonly DirectoryEntry[]> {
    directory.listing = undefined;
    const found = await directory.fs.list(directory.path);
    if (found.length > limits.directoryEntries) fail(errno.overflow);
    const listing: DirectoryEntry[] = [
      { name: ".", kind: "directory" },
      { name: "..", kind: "directory" },
      ...found,
    ];
    if (table.heldEntries() + listing.length > limits.heldDirectoryEntries) fail(errno.outOfMemory);
    directory.listing = listing;
    return listing;
  }

  return {
    waiting: {
      async fd_readdir(fd: number, address: number, length: number, cookie: bigint, result: number) {
        const directory = table.directory(fd, rights.fdReaddir);
        memory.check(address, length);
        memory.check(result, 4);
        const first = BigInt.asUintN(64, cookie);
        const held = first === 0n ? undefined : directory.listing;
        const listing = held ?? (await takeSnapshot(directory));

        let used = 0;
        const start = first > BigInt(listing.length) ? listing.length : Number(first);
        for (let index = start; index < listing.length && used < length; index++) {
          const record = encode(directory.path, listing[index] as DirectoryEntry, index + 1);
          const part = record.subarray(0, length - used);
          memory.write(address + used, part);
          used += part.byteLength;
        }
        memory.writeU32(result, used);
        return errno.success;
      },
    },
  };
}

function encode(directory: string, entry: DirectoryEntry, next: number): Uint8Array {
  const name = Buffer.from(entry.name);
  const record = new Uint8Array(dirent.size + name.byteLength);
  const view = new DataView(record.buffer);
  view.setBigUint64(dirent.next, BigInt(next), true);
  view.setBigUint64(dirent.inode, inodeOf(entryPath(directory, entry.name)), true);
  view.setUint32(dirent.nameLength, name.byteLength, true);
  view.setUint8(dirent.fileType, fileTypeOf(entry.kind));
  record.set(name, dirent.size);
  return record;
}

function entryPath(directory: string, name: string): string {
  if (name === ".") return directory;
  return name === ".." ? parentPath(directory) : joinPath(directory, name);
}
