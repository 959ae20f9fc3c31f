import { PACK_LIMITS } from "#contract";
import { refused } from "../problems.ts";
import { END, ZIP64_16, ZIP64_32, ZIP64_LOCATOR } from "./format.ts";

export interface EndRecord {
  readonly entries: number;
  /** Where the central directory begins and ends, in bytes from the start of the file. */
  readonly directoryStart: number;
  readonly directoryEnd: number;
}

/** Finds the end record. It must close the file, and the central directory must touch it. */
export function readEndRecord(zip: Buffer): EndRecord {
  const at = zip.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  if (at < 0 || at + END.bytes > zip.length) throw refused("module_invalid", "it is not a whole zip file");
  if (at + END.bytes + zip.readUInt16LE(at + 20) !== zip.length)
    throw refused("module_invalid", "the zip's end record does not end where the file ends");

  const entriesHere = zip.readUInt16LE(at + 8);
  const entries = zip.readUInt16LE(at + 10);
  const directoryBytes = zip.readUInt32LE(at + 12);
  const directoryStart = zip.readUInt32LE(at + 16);
  const locatorAt = at - ZIP64_LOCATOR.bytes;
  if (
    entries === ZIP64_16 ||
    directoryBytes === ZIP64_32 ||
    directoryStart === ZIP64_32 ||
    (locatorAt >= 0 && zip.readUInt32LE(locatorAt) === ZIP64_LOCATOR.signature)
  )
    throw refused("module_invalid", "it is a zip64 file; a pack within its limits does not need one");
  if (zip.readUInt16LE(at + 4) !== 0 || zip.readUInt16LE(at + 6) !== 0 || entriesHere !== entries)
    throw refused("module_invalid", "the zip is one part of several");
  if (entries > PACK_LIMITS.entries)
    throw refused("too_large", `it has ${entries} entries; ${PACK_LIMITS.entries} are allowed`);
  if (directoryStart + directoryBytes !== at)
    throw refused("module_invalid", "the zip's directory is not where its end record says");
  return { entries, directoryStart, directoryEnd: at };
}
