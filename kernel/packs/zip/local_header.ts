import type { CentralHeader } from "./central_header.ts";
import { unicodePath } from "./central_header.ts";
import { DESCRIPTOR, FLAG, LOCAL } from "./format.ts";

/** Where an entry lies in the file, in bytes: header from `start`, content, perhaps a descriptor, up to `end`. */
export interface Extent {
  readonly start: number;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly end: number;
}

/**
 * Reads the header in front of an entry's content.
 * @returns its extent, or what is wrong: the two headers of an entry must say the same.
 */
export function readLocalHeader(zip: Buffer, central: CentralHeader, limit: number): Extent | string {
  const start = central.localStart;
  if (start + LOCAL.bytes > limit || zip.readUInt32LE(start) !== LOCAL.signature)
    return "there is no entry where the directory says";
  const nameStart = start + LOCAL.bytes;
  const extraStart = nameStart + zip.readUInt16LE(start + 26);
  const dataStart = extraStart + zip.readUInt16LE(start + 28);
  const dataEnd = dataStart + central.packedSize;
  if (dataEnd > limit) return "its content reaches beyond the file's entries";

  const extra = zip.subarray(extraStart, dataStart);
  if (!zip.subarray(nameStart, extraStart).equals(central.name) || !sameUnicodePath(extra, central.name))
    return "its two headers give different names";
  if (zip.readUInt16LE(start + 6) !== central.flags) return "its two headers give different flags";
  if (zip.readUInt16LE(start + 8) !== central.method) return "its two headers give different methods";

  const described = (central.flags & FLAG.descriptor) !== 0;
  const local = {
    crc: zip.readUInt32LE(start + 14),
    packedSize: zip.readUInt32LE(start + 18),
    size: zip.readUInt32LE(start + 22),
  };
  if (!sameFigures(described ? filledIn(local, central) : local, central))
    return "its two headers give different sizes or checksums";
  if (!described) return { start, dataStart, dataEnd, end: dataEnd };

  const end = descriptorEnd(zip, dataEnd, limit, central);
  if (end === undefined) return "its descriptor and its header give different sizes or checksums";
  return { start, dataStart, dataEnd, end };
}

interface Figures {
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

/** A descriptor may or may not begin with a signature. */
function descriptorEnd(zip: Buffer, at: number, limit: number, central: Figures): number | undefined {
  const signed = at + 4 <= limit && zip.readUInt32LE(at) === DESCRIPTOR.signature;
  for (const from of signed ? [at + 4, at] : [at]) {
    if (from + DESCRIPTOR.bytes > limit) continue;
    const figures = {
      crc: zip.readUInt32LE(from),
      packedSize: zip.readUInt32LE(from + 4),
      size: zip.readUInt32LE(from + 8),
    };
    if (sameFigures(figures, central)) return from + DESCRIPTOR.bytes;
  }
  return undefined;
}

function sameFigures(a: Figures, b: Figures): boolean {
  return a.crc === b.crc && a.packedSize === b.packedSize && a.size === b.size;
}

/** Where a descriptor follows, a packer that did not know a figure yet wrote 0. */
function filledIn(local: Figures, central: Figures): Figures {
  return {
    crc: local.crc || central.crc,
    packedSize: local.packedSize || central.packedSize,
    size: local.size || central.size,
  };
}

function sameUnicodePath(extra: Buffer, name: Buffer): boolean {
  const other = unicodePath(extra);
  return other === undefined || other.equals(name);
}
