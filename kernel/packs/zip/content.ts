import { crc32, createInflateRaw } from "node:zlib";
import { refused } from "../problems.ts";
import type { ZipEntry } from "./directory.ts";
import { METHOD } from "./format.ts";

const CHUNK_BYTES = 65_536;

/**
 * Unpacks an entry chunk by chunk into `write`, counting; stops at the first byte beyond the declared size.
 * @returns what is wrong with the content, or undefined. What `write` throws is thrown on.
 */
export async function copyContent(
  entry: ZipEntry,
  write: (chunk: Buffer) => void,
): Promise<string | undefined> {
  let size = 0;
  let crc = 0;
  const take = (chunk: Buffer): boolean => {
    size += chunk.length;
    if (size > entry.size) return false;
    crc = crc32(chunk, crc);
    write(chunk);
    return true;
  };
  if (entry.method === METHOD.store) take(entry.packed);
  else {
    const problem = await inflate(entry, take);
    if (problem !== undefined) return problem;
  }
  if (size > entry.size) return "it unpacks to more than it declares";
  if (size < entry.size) return "it unpacks to less than it declares";
  return crc === entry.crc ? undefined : "its checksum does not match its content";
}

/** A whole entry in memory, for one whose declared size is known to be small. */
export async function readContent(entry: ZipEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const problem = await copyContent(entry, (chunk) => void chunks.push(chunk));
  if (problem !== undefined) throw refused("module_invalid", `"${entry.path}": ${problem}`);
  return Buffer.concat(chunks);
}

async function inflate(entry: ZipEntry, take: (chunk: Buffer) => boolean): Promise<string | undefined> {
  const stream = createInflateRaw({ chunkSize: Math.min(CHUNK_BYTES, Math.max(64, entry.size + 1)) });
  stream.end(entry.packed);
  try {
    for await (const chunk of stream) if (!take(chunk as Buffer)) return undefined;
  } catch (error) {
    if (isDeflateError(error)) return `its content is damaged: ${error.message}`;
    throw error;
  }
  return stream.bytesWritten === entry.packed.length ? undefined : "bytes follow the end of its content";
}

function isDeflateError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && /^Z_(DATA|BUF|NEED)/.test(String(error.code));
}
