/** A growing run of bytes; those from `length` on are spare. */
export interface Writer {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
}

/** Below this many bytes a plain loop beats the fixed cost of `TypedArray.prototype.set`. */
const SHORT_COPY_BYTES = 48;

const utf8 = new TextEncoder();

export const createWriter = (capacity: number): Writer => ({ bytes: new Uint8Array(capacity), length: 0 });

/** Makes room for `count` more bytes. */
export function reserve(w: Writer, count: number): void {
  const needed = w.length + count;
  if (needed <= w.bytes.length) return;
  const grown = new Uint8Array(Math.max(needed, w.bytes.length + (w.bytes.length >> 1)));
  grown.set(w.bytes.subarray(0, w.length));
  w.bytes = grown;
}

export function writeByte(w: Writer, byte: number): void {
  reserve(w, 1);
  w.bytes[w.length++] = byte;
}

export function writeU32(w: Writer, value: number): void {
  reserve(w, 5);
  const bytes = w.bytes;
  let rest = value;
  while (rest >= 0x80) {
    bytes[w.length++] = (rest & 0x7f) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[w.length++] = rest;
}

/** Signed LEB128 of a 64-bit integer. */
export function writeS64(w: Writer, value: bigint): void {
  let rest = BigInt.asIntN(64, value);
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    const last = (rest === 0n && byte < 0x40) || (rest === -1n && byte >= 0x40);
    writeByte(w, last ? byte : byte | 0x80);
    if (last) return;
  }
}

/** Appends `source[from..to)`. */
export function writeRange(w: Writer, source: Uint8Array, from: number, to: number): void {
  const count = to - from;
  if (w.length + count > w.bytes.length) reserve(w, count);
  const bytes = w.bytes;
  if (count < SHORT_COPY_BYTES) {
    for (let at = w.length, i = from; i < to; i++) bytes[at++] = source[i]!;
  } else {
    bytes.set(source.subarray(from, to), w.length);
  }
  w.length += count;
}

export const writeBytes = (w: Writer, source: Uint8Array | readonly number[]): void => {
  reserve(w, source.length);
  w.bytes.set(source, w.length);
  w.length += source.length;
};

/** A vector of bytes with its count in front. */
export function writeSized(w: Writer, content: Writer): void {
  writeU32(w, content.length);
  writeRange(w, content.bytes, 0, content.length);
}

export function writeName(w: Writer, name: string): void {
  const encoded = utf8.encode(name);
  writeU32(w, encoded.length);
  writeBytes(w, encoded);
}

/** Overwrites `count` bytes at `at` with an unsigned or non-negative signed LEB128 padded to that width. */
export function patchPadded(w: Writer, at: number, value: number, count: number): void {
  let rest = value;
  for (let i = 0; i < count - 1; i++) {
    w.bytes[at + i] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  w.bytes[at + count - 1] = rest & 0x7f;
}

export const written = (w: Writer): Uint8Array<ArrayBuffer> => w.bytes.subarray(0, w.length);
