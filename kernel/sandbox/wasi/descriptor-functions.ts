import { descriptorFlagsMask, fdstat, fileType, lastAdvice, prestat } from "./abi.ts";
import { type Descriptor, requireRights } from "./descriptors.ts";
import { errno, fail } from "./errno.ts";
import { fileTypeOf } from "./filestat.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { knownRights, rights } from "./rights.ts";

/**
 * What can be done with a descriptor whatever it is open on: closing, renumbering, flags, rights, preopens, syncing and
 * advice. Syncing has nothing to do: a write has reached the file system when it returns. Allocating is not offered.
 */
export function descriptorFunctions({ memory, table }: Host): WasiFunctions {
  function sync(fd: number, needed: number): 0 {
    requireRights(table.get(fd), needed);
    return errno.success;
  }

  function preopenName(fd: number): Uint8Array {
    const descriptor = table.get(fd);
    const name = descriptor.kind === "directory" ? descriptor.preopen : undefined;
    return name === undefined ? fail(errno.badFileDescriptor) : Buffer.from(name);
  }

  return {
    immediate: {
      fd_close(fd: number) {
        table.close(fd);
        return errno.success;
      },

      fd_renumber(from: number, to: number) {
        table.renumber(from, to);
        return errno.success;
      },

      fd_fdstat_get(fd: number, result: number) {
        const descriptor = table.get(fd);
        memory.clear(result, fdstat.size);
        memory.writeU8(result + fdstat.fileType, descriptorFileType(descriptor));
        memory.writeU16(result + fdstat.flags, descriptor.flags);
        memory.writeU64(result + fdstat.base, BigInt(descriptor.base));
        memory.writeU64(result + fdstat.inheriting, BigInt(descriptor.inheriting));
        return errno.success;
      },

      fd_fdstat_set_flags(fd: number, flags: number) {
        const descriptor = table.get(fd);
        requireRights(descriptor, rights.fdFdstatSetFlags);
        if ((flags & ~descriptorFlagsMask) !== 0) return errno.invalid;
        descriptor.flags = flags;
        return errno.success;
      },

      fd_fdstat_set_rights(fd: number, base: bigint, inheriting: bigint) {
        const descriptor = table.get(fd);
        if (adds(base, descriptor.base) || adds(inheriting, descriptor.inheriting)) return errno.notCapable;
        descriptor.base = knownRights(base);
        descriptor.inheriting = knownRights(inheriting);
        return errno.success;
      },

      fd_prestat_get(fd: number, result: number) {
        const name = preopenName(fd);
        memory.clear(result, prestat.size);
        memory.writeU32(result + prestat.nameLength, name.byteLength);
        return errno.success;
      },

      fd_prestat_dir_name(fd: number, address: number, length: number) {
        const name = preopenName(fd);
        if (length < name.byteLength) return errno.nameTooLong;
        memory.write(address, name);
        return errno.success;
      },

      fd_sync: (fd: number) => sync(fd, rights.fdSync),
      fd_datasync: (fd: number) => sync(fd, rights.fdDatasync),

      fd_advise(fd: number, _offset: bigint, _length: bigint, advice: number) {
        table.file(fd, rights.fdAdvise);
        return advice > lastAdvice ? errno.invalid : errno.success;
      },

      fd_allocate(fd: number, _offset: bigint, _length: bigint) {
        table.file(fd, rights.fdAllocate);
        return errno.notSupported;
      },
    },
  };
}

/** A stream is `unknown`, as a pipe is: called a character device, it would pass for a terminal. */
function descriptorFileType(descriptor: Descriptor): number {
  if (descriptor.kind === "input" || descriptor.kind === "output") return fileType.unknown;
  return fileTypeOf(descriptor.kind);
}

function adds(requested: bigint, held: number): boolean {
  return (BigInt.asUintN(64, requested) & ~BigInt(held)) !== 0n;
}
