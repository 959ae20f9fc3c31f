import { descriptorFlag } from "./abi.ts";
import { type OpenFile, requireRights } from "./descriptors.ts";
import { type Errno, errno, fail } from "./errno.ts";
import { fileOffset, type Host, type WasiFunctions } from "./host.ts";
import { gather, type IoVectors, readIoVectors, scatter } from "./io-vectors.ts";
import { rights } from "./rights.ts";

/** `fd_read`, `fd_write`, `fd_pread`, `fd_pwrite`. The streams answer at once, files wait. */
export function readWriteFunctions({ memory, table, limits }: Host): WasiFunctions {
  async function readFile(file: OpenFile, vectors: IoVectors, offset: number): Promise<Uint8Array> {
    return vectors.bytes === 0 ? new Uint8Array(0) : file.fs.read(file.path, offset, vectors.bytes);
  }

  async function writeFile(file: OpenFile, data: Uint8Array, offset: number): Promise<void> {
    if (offset + data.byteLength > Number.MAX_SAFE_INTEGER) fail(errno.fileTooLarge);
    if (data.byteLength > 0) await file.fs.write(file.path, offset, data);
  }

  async function readAtPosition(file: OpenFile, vectors: IoVectors, result: number): Promise<Errno> {
    const offset = file.position;
    const read = scatter(memory, vectors, await readFile(file, vectors, offset));
    file.position = offset + read;
    memory.writeU32(result, read);
    return errno.success;
  }

  async function writeAtPosition(file: OpenFile, data: Uint8Array, result: number): Promise<Errno> {
    const append = (file.flags & descriptorFlag.append) !== 0;
    const offset = append ? (await file.fs.stat(file.path)).size : file.position;
    await writeFile(file, data, offset);
    file.position = offset + data.byteLength;
    memory.writeU32(result, data.byteLength);
    return errno.success;
  }

  return {
    waiting: {
      fd_read(fd: number, array: number, count: number, result: number) {
        const descriptor = table.get(fd);
        if (descriptor.kind === "output") fail(errno.notCapable);
        const input = descriptor.kind === "input" ? descriptor : table.file(fd, rights.fdRead);
        requireRights(input, rights.fdRead);
        memory.check(result, 4);
        const vectors = readIoVectors(memory, limits, array, count);
        if (input.kind === "file") return readAtPosition(input, vectors, result);
        const read = scatter(memory, vectors, input.data.subarray(input.position));
        input.position += read;
        memory.writeU32(result, read);
        return errno.success;
      },

      fd_write(fd: number, array: number, count: number, result: number) {
        const descriptor = table.get(fd);
        if (descriptor.kind === "input") fail(errno.notCapable);
        const output = descriptor.kind === "output" ? descriptor : table.file(fd, rights.fdWrite);
        requireRights(output, rights.fdWrite);
        memory.check(result, 4);
        const data = gather(memory, readIoVectors(memory, limits, array, count));
        if (output.kind === "file") return writeAtPosition(output, data, result);
        memory.writeU32(result, data.byteLength);
        if (data.byteLength > 0) output.write(data);
        return errno.success;
      },

      async fd_pread(fd: number, array: number, count: number, offset: bigint, result: number) {
        const file = table.file(fd, rights.fdRead | rights.fdSeek);
        memory.check(result, 4);
        const vectors = readIoVectors(memory, limits, array, count);
        const data = await readFile(file, vectors, fileOffset(offset, errno.invalid));
        memory.writeU32(result, scatter(memory, vectors, data));
        return errno.success;
      },

      // On a descriptor opened for appending this writes at `offset` all the same, as POSIX has it.
      async fd_pwrite(fd: number, array: number, count: number, offset: bigint, result: number) {
        const file = table.file(fd, rights.fdWrite | rights.fdSeek);
        memory.check(result, 4);
        const data = gather(memory, readIoVectors(memory, limits, array, count));
        await writeFile(file, data, fileOffset(offset, errno.fileTooLarge));
        memory.writeU32(result, data.byteLength);
        return errno.success;
      },
    },
  };
}
