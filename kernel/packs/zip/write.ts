import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32, createDeflateRaw } from "node:zlib";
import { FieldworkError, PACK_LIMITS } from "#contract";
import { CENTRAL, END, FLAG, LOCAL, METHOD, type Method, MODE } from "./format.ts";

const CHUNK_BYTES = 65_536;
/** 1 January 1980, the first day a zip can name: equal folders give equal packs. */
const DATE = 0x0021;
const MADE_BY_UNIX = 0x0314;
const NEEDED = 20;

export interface WrittenZip {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

interface Written {
  readonly name: Buffer;
  readonly start: number;
  readonly method: Method;
  readonly size: number;
  readonly packedSize: number;
  readonly crc: number;
}

/**
 * Writes the files `paths` of `folder`, in this order, as a zip into the empty file `fd` (open for reading and writing).
 * @throws FieldworkError `too_large` beyond `PACK_LIMITS`; `conflict` when a path is no longer a plain file.
 */
export async function writeZip(fd: number, folder: string, paths: readonly string[]): Promise<WrittenZip> {
  const entries: Written[] = [];
  let at = 0;
  let unpacked = 0;
  for (const path of paths) {
    const entry = await writeEntry(fd, at, folder, path, PACK_LIMITS.unpacked_bytes - unpacked);
    entries.push(entry);
    unpacked += entry.size;
    at = contentStart(entry) + entry.packedSize;
    refuseBeyond(at, PACK_LIMITS.packed_bytes, "packed");
  }
  const start = at;
  for (const entry of entries) at = writeAll(fd, centralHeader(entry), at);
  at = writeAll(fd, endRecord(entries.length, start, at - start), at);
  refuseBeyond(at, PACK_LIMITS.packed_bytes, "packed");
  ftruncateSync(fd, at);
  return { bytes: at, sha256: hashOf(fd) };
}

/** Deflated, or stored where that is smaller or the reader would take the ratio for a bomb's. */
async function writeEntry(
  fd: number,
  start: number,
  folder: string,
  path: string,
  allowed: number,
): Promise<Written> {
  const name = Buffer.from(path);
  const write = async (method: Method): Promise<Written> => {
    const from = start + LOCAL.bytes + name.length;
    return { name, start, method, ...(await writeContent(fd, from, join(folder, path), method, allowed)) };
  };
  const deflated = await write(METHOD.deflate);
  const fits =
    deflated.packedSize < deflated.size && deflated.size <= deflated.packedSize * PACK_LIMITS.ratio;
  const entry = fits ? deflated : await write(METHOD.store);
  writeAll(fd, localHeader(entry), start);
  return entry;
}

async function writeContent(fd: number, from: number, file: string, method: Method, allowed: number) {
  let size = 0;
  let crc = 0;
  let at = from;
  const source = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    if (!fstatSync(source).isFile())
      throw new FieldworkError("conflict", `"${file}" is no longer a plain file`);
    const read = function* (): Generator<Buffer> {
      for (let bytes = 1; bytes > 0; ) {
        const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
        bytes = readSync(source, chunk, 0, chunk.length, null);
        size += bytes;
        refuseBeyond(size, allowed, "unpacked");
        crc = crc32(chunk.subarray(0, bytes), crc);
        if (bytes > 0) yield chunk.subarray(0, bytes);
      }
    };
    const write = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of chunks) {
        at = writeAll(fd, chunk, at);
        refuseBeyond(at, PACK_LIMITS.packed_bytes * 2, "packed");
      }
    };
    if (method === METHOD.deflate) await pipeline(read, createDeflateRaw(), write);
    else for (const chunk of read()) at = writeAll(fd, chunk, at);
  } finally {
    closeSync(source);
  }
  return { size, crc, packedSize: at - from };
}

function localHeader({ name, method, size, packedSize, crc }: Written): Buffer {
  const header = Buffer.alloc(LOCAL.bytes);
  header.writeUInt32LE(LOCAL.signature, 0);
  header.writeUInt16LE(NEEDED, 4);
  header.writeUInt16LE(FLAG.utf8, 6);
  header.writeUInt16LE(method, 8);
  header.writeUInt16LE(DATE, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packedSize, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function centralHeader({ name, start, method, size, packedSize, crc }: Written): Buffer {
  const header = Buffer.alloc(CENTRAL.bytes);
  header.writeUInt32LE(CENTRAL.signature, 0);
  header.writeUInt16LE(MADE_BY_UNIX, 4);
  header.writeUInt16LE(NEEDED, 6);
  header.writeUInt16LE(FLAG.utf8, 8);
  header.writeUInt16LE(method, 10);
  header.writeUInt16LE(DATE, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packedSize, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(MODE.file | 0o644, 40);
  header.writeUInt32LE(start, 42);
  return Buffer.concat([header, name]);
}

function endRecord(entries: number, start: number, bytes: number): Buffer {
  const record = Buffer.alloc(END.bytes);
  record.writeUInt32LE(END.signature, 0);
  record.writeUInt16LE(entries, 8);
  record.writeUInt16LE(entries, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(start, 16);
  return record;
}

function contentStart(entry: Written): number {
  return entry.start + LOCAL.bytes + entry.name.length;
}

function writeAll(fd: number, bytes: Buffer, position: number): number {
  for (let done = 0; done < bytes.length; )
    done += writeSync(fd, bytes, done, bytes.length - done, position + done);
  return position + bytes.length;
}

function hashOf(fd: number): string {
  const hash = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let at = 0; ; ) {
    const bytes = readSync(fd, chunk, 0, chunk.length, at);
    if (bytes === 0) return hash.digest("hex");
    hash.update(chunk.subarray(0, bytes));
    at += bytes;
  }
}

function refuseBeyond(bytes: number, allowed: number, what: "packed" | "unpacked"): void {
  if (bytes <= allowed) return;
  const limit = what === "packed" ? PACK_LIMITS.packed_bytes : PACK_LIMITS.unpacked_bytes;
  throw new FieldworkError("too_large", `The folder has more than ${limit} bytes ${what}; a pack may not.`);
}
