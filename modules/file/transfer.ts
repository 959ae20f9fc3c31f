import { read as readFile, write as writeFile } from "node:fs";
import { promisify } from "node:util";

const read = promisify(readFile);
const write = promisify(writeFile);

/** Up to `length` bytes of an open file from `offset` on; fewer where it ends before. */
export async function readBytes(handle: number, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await read(handle, buffer, got, length - got, offset + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return buffer.subarray(0, got);
}

/** Writes all bytes at `offset`; with null at the end of the file, which was opened to append. */
export async function writeBytes(handle: number, bytes: Uint8Array, offset: number | null): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const position = offset === null ? null : offset + done;
    done += (await write(handle, bytes, done, bytes.length - done, position)).bytesWritten;
  }
}
