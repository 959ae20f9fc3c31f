import { invalid } from "./error.ts";

/** A place in a part of the binary; `end` is the first offset that is not its own. */
export interface Reader {
  readonly bytes: Uint8Array;
  pos: number;
  readonly end: number;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function readByte(r: Reader): number {
  if (r.pos >= r.end) throw invalid("unexpected end", r.pos);
  return r.bytes[r.pos++]!;
}

/** Unsigned LEB128 of at most 32 bits. */
export function readU32(r: Reader): number {
  const first = readByte(r);
  if (first < 0x80) return first;
  const start = r.pos - 1;
  let value = first & 0x7f;
  for (let factor = 0x80; factor <= 0x1000_0000; factor *= 0x80) {
    const byte = readByte(r);
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      if (value > 0xffff_ffff) break;
      return value;
    }
  }
  throw invalid("integer of more than 32 bits", start);
}

/** Skips a LEB128 of at most `maxBytes` bytes. */
export function skipLeb(r: Reader, maxBytes: number): void {
  for (let i = 0; i < maxBytes; i++) if (readByte(r) < 0x80) return;
  throw invalid("integer is too long", r.pos);
}

export function skip(r: Reader, count: number): void {
  if (count > r.end - r.pos) throw invalid("unexpected end", r.end);
  r.pos += count;
}

/** The next `count` bytes as a part of their own. */
export function readPart(r: Reader, count: number): Reader {
  const pos = r.pos;
  skip(r, count);
  return { bytes: r.bytes, pos, end: pos + count };
}

export function readName(r: Reader): string {
  const part = readPart(r, readU32(r));
  try {
    return utf8.decode(part.bytes.subarray(part.pos, part.end));
  } catch {
    throw invalid("name is not UTF-8", part.pos);
  }
}
