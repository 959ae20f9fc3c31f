import { filestat, fileType } from "./abi.ts";
import type { GuestMemory } from "./memory.ts";
import type { FileKind, FileStat } from "./virtual-fs.ts";

const nanosecondsPerMillisecond = 1_000_000;

export function fileTypeOf(kind: FileKind): number {
  return kind === "directory" ? fileType.directory : fileType.regularFile;
}

/**
 * A serial number for the file at `path`: two 32-bit FNV-1a hashes with different starts, never 0 (C libraries take 0 for
 * unknown and look each entry up again). A virtual file system has no serial numbers of its own, so a file that is moved
 * gets another.
 */
export function inodeOf(path: string): bigint {
  let high = 0x811c9dc5;
  let low = 0x2f0b4f1d;
  for (let index = 0; index < path.length; index++) {
    const unit = path.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x01000193);
    low = Math.imul(low ^ unit, 0x01000193);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt((low | 1) >>> 0);
}

/** Writes a `$filestat`. All three times are that of the last modification. */
export function writeFilestat(
  memory: GuestMemory,
  address: number,
  device: number,
  path: string,
  stat: FileStat,
): void {
  const time = nanoseconds(stat.mtimeMs);
  memory.clear(address, filestat.size);
  memory.writeU64(address + filestat.device, BigInt(device));
  memory.writeU64(address + filestat.inode, inodeOf(path));
  memory.writeU8(address + filestat.fileType, fileTypeOf(stat.kind));
  memory.writeU64(address + filestat.links, 1n);
  memory.writeU64(address + filestat.length, BigInt(stat.size));
  memory.writeU64(address + filestat.accessTime, time);
  memory.writeU64(address + filestat.modificationTime, time);
  memory.writeU64(address + filestat.changeTime, time);
}

function nanoseconds(milliseconds: number): bigint {
  if (!(milliseconds > 0)) return 0n;
  const whole = Math.floor(milliseconds);
  const rest = Math.floor((milliseconds - whole) * nanosecondsPerMillisecond);
  return BigInt(whole) * BigInt(nanosecondsPerMillisecond) + BigInt(rest);
}
