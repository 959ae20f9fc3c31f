import { vector } from "./abi.ts";
import { errno, fail } from "./errno.ts";
import type { WasiLimits } from "./limits.ts";
import type { GuestMemory } from "./memory.ts";

/** The buffers of a scattered read or a gathered write, as they were when the call came in. */
export interface IoVectors {
  readonly buffers: readonly { readonly address: number; readonly length: number }[];
  /** Bytes to move: the sum of the lengths, at most `limits.ioBytes`. */
  readonly bytes: number;
}

/** Reads an array of `$iovec` or `$ciovec`; every buffer is inside the memory, or the call fails with EFAULT. */
export function readIoVectors(
  memory: GuestMemory,
  limits: WasiLimits,
  array: number,
  count: number,
): IoVectors {
  if (count > limits.ioVectors) fail(errno.invalid);
  memory.check(array, count * vector.size);
  const buffers: { address: number; length: number }[] = [];
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const record = array + index * vector.size;
    const address = memory.readU32(record + vector.pointer);
    const length = memory.readU32(record + vector.length);
    memory.check(address, length);
    buffers.push({ address, length });
    sum += length;
  }
  return { buffers, bytes: Math.min(sum, limits.ioBytes) };
}

/** Spreads `data`, at most `vectors.bytes` of it, over the buffers; the number of bytes spread. */
export function scatter(memory: GuestMemory, vectors: IoVectors, data: Uint8Array): number {
  const total = Math.min(data.byteLength, vectors.bytes);
  let done = 0;
  for (const { address, length } of vectors.buffers) {
    if (done === total) break;
    const part = data.subarray(done, Math.min(done + length, total));
    memory.write(address, part);
    done += part.byteLength;
  }
  return done;
}

/** One copy of the first `vectors.bytes` bytes of the buffers. */
export function gather(memory: GuestMemory, vectors: IoVectors): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(vectors.bytes);
  let done = 0;
  for (const { address, length } of vectors.buffers) {
    const part = Math.min(length, data.byteLength - done);
    memory.readInto(data, done, address, part);
    done += part;
  }
  return data;
}
