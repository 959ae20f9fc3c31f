import { refused } from "../problems.ts";
import { CENTRAL } from "./format.ts";

/** One record of the central directory, as it stands there. Sizes and offsets in bytes. */
export interface CentralHeader {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly disk: number;
  readonly externalAttributes: number;
  readonly localStart: number;
  readonly name: Buffer;
  readonly extra: Buffer;
}

/** The records between `start` and `end`; they must fill that space exactly and be as many as announced. */
export function readCentralHeaders(
  zip: Buffer,
  start: number,
  end: number,
  announced: number,
): readonly CentralHeader[] {
  const headers: CentralHeader[] = [];
  let at = start;
  while (at < end) {
    if (headers.length === announced)
      throw refused("module_invalid", `the zip announces ${announced} entries and lists more`);
    if (at + CENTRAL.bytes > end || zip.readUInt32LE(at) !== CENTRAL.signature)
      throw refused("module_invalid", `the zip's directory is damaged at byte ${at}`);
    const nameStart = at + CENTRAL.bytes;
    const extraStart = nameStart + zip.readUInt16LE(at + 28);
    const commentStart = extraStart + zip.readUInt16LE(at + 30);
    const next = commentStart + zip.readUInt16LE(at + 32);
    if (next > end) throw refused("module_invalid", `the zip's directory is damaged at byte ${at}`);
    headers.push({
      flags: zip.readUInt16LE(at + 8),
      method: zip.readUInt16LE(at + 10),
      crc: zip.readUInt32LE(at + 16),
      packedSize: zip.readUInt32LE(at + 20),
      size: zip.readUInt32LE(at + 24),
      disk: zip.readUInt16LE(at + 34),
      externalAttributes: zip.readUInt32LE(at + 38),
      localStart: zip.readUInt32LE(at + 42),
      name: zip.subarray(nameStart, extraStart),
      extra: zip.subarray(extraStart, commentStart),
    });
    at = next;
  }
  if (headers.length !== announced)
    throw refused("module_invalid", `the zip announces ${announced} entries and lists ${headers.length}`);
  return headers;
}

/** Another name that some readers would take instead (Info-ZIP's Unicode path, extra field 0x7075). */
export function unicodePath(extra: Buffer): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 0x7075 && end <= extra.length) return extra.subarray(at + 9, end);
    at = end;
  }
  return undefined;
}
