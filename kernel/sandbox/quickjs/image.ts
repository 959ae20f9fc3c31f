/** The granularity at which a memory image leaves out what did not change. */
const PAGE_BYTES = 4096;

/** What a guest's memory differs in from a fresh instance's. */
export interface MemoryImage {
  /** Size of the memory, bytes: a multiple of 64 KiB. */
  readonly size: number;
  readonly runs: readonly { readonly at: number; readonly bytes: Uint8Array }[];
}

/** Records where `memory` differs from `fresh`, ignoring everything below `from` (the unused stack). */
export function takeImage(memory: Uint8Array, fresh: Uint8Array, from: number): MemoryImage {
  const runs: { at: number; bytes: Uint8Array }[] = [];
  const zeros = new Uint8Array(PAGE_BYTES);
  let start = -1;
  const first = Math.floor(from / PAGE_BYTES) * PAGE_BYTES;
  for (let at = first; at <= memory.length; at += PAGE_BYTES) {
    const before = at < fresh.length ? fresh.subarray(at, at + PAGE_BYTES) : zeros;
    const differs = at < memory.length && Buffer.compare(memory.subarray(at, at + PAGE_BYTES), before) !== 0;
    if (differs && start < 0) start = at;
    if (!differs && start >= 0) {
      runs.push({ at: start, bytes: memory.slice(start, at) });
      start = -1;
    }
  }
  return { size: memory.length, runs };
}

/** Makes a fresh instance's memory equal to the image. False when it may not grow that far. */
export function applyImage(image: MemoryImage, memory: WebAssembly.Memory): boolean {
  const missing = (image.size - memory.buffer.byteLength) / 65_536;
  if (missing > 0) {
    try {
      memory.grow(missing);
    } catch {
      return false;
    }
  }
  const target = new Uint8Array(memory.buffer);
  for (const { at, bytes } of image.runs) target.set(bytes, at);
  return true;
}

/** Bytes that an image holds. */
export function imageBytes(image: MemoryImage): number {
  return image.runs.reduce((sum, run) => sum + run.bytes.length, 0);
}
