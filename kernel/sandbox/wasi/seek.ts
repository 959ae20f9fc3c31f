import { whence } from "./abi.ts";
import { type Errno, errno, fail } from "./errno.ts";
import type { Host, WasiFunctions } from "./host.ts";
import { rights } from "./rights.ts";

/** `fd_seek` and `fd_tell`. A position may lie beyond the end of the file; a write there leaves a gap of zeros. */
export function seekFunctions({ memory, table }: Host): WasiFunctions {
  return {
    immediate: {
      fd_tell(fd: number, result: number) {
        memory.writeU64(result, BigInt(table.file(fd, rights.fdTell).position));
        return errno.success;
      },
    },
    waiting: {
      fd_seek(fd: number, delta: bigint, from: number, result: number): Errno | Promise<Errno> {
        const onlyTells = from === whence.current && delta === 0n;
        const file = table.file(fd, onlyTells ? rights.fdTell : rights.fdSeek);
        memory.check(result, 8);

        function moveFrom(base: number): Errno {
          const target = BigInt(base) + delta;
          if (target < 0n || target > BigInt(Number.MAX_SAFE_INTEGER)) fail(errno.invalid);
          file.position = Number(target);
          memory.writeU64(result, target);
          return errno.success;
        }

        switch (from) {
          case whence.set:
            return moveFrom(0);
          case whence.current:
            return moveFrom(file.position);
          case whence.end:
            return file.fs.stat(file.path).then((stat) => moveFrom(stat.size));
          default:
            return errno.invalid;
        }
      },
    },
  };
}
