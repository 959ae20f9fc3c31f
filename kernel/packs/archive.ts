import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { FieldworkError, PACK_LIMITS } from "#contract";
import { type Layout, readLayout } from "./layout.ts";
import type { PackListing } from "./listing.ts";
import { collectProblems, quoted, refused } from "./problems.ts";
import { copyContent, readDirectory, type ZipEntry } from "./zip/index.ts";

/** A pack whose records and module were checked; its contents are checked while they are unpacked. */
export interface Archive extends Layout, Pick<PackListing, "bytes" | "sha256"> {
  readonly entries: readonly ZipEntry[];
}

export async function openArchive(path: string): Promise<Archive> {
  const zip = readWhole(path);
  const entries = readDirectory(zip);
  const layout = await readLayout(entries);
  return { ...layout, entries, bytes: zip.length, sha256: createHash("sha256").update(zip).digest("hex") };
}

/**
 * Unpacks every entry into what `open` gives for it, one after the other, and checks its size and checksum.
 * @throws FieldworkError `module_invalid` with every entry whose content is not what it declares.
 */
export async function unpackContents(
  archive: Archive,
  open: (entry: ZipEntry) => { write(chunk: Buffer): void; close(complete: boolean): void },
): Promise<void> {
  const problems = collectProblems();
  for (const entry of archive.entries) {
    const sink = open(entry);
    let complete = false;
    try {
      const problem = await copyContent(entry, sink.write);
      if (problem !== undefined) problems.add(`${quoted(entry.path)}: ${problem}`);
      complete = problem === undefined;
    } finally {
      sink.close(complete);
    }
  }
  problems.throwIfAny();
}

/** The whole file, read once: what is checked is what is unpacked. Opening a pipe must not wait for a writer. */
function readWhole(path: string): Buffer {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new FieldworkError("invalid_input", `"${path}" is not a file`);
    if (stat.size > PACK_LIMITS.packed_bytes)
      throw refused("too_large", `it has ${stat.size} bytes; ${PACK_LIMITS.packed_bytes} are allowed`);
    const bytes = Buffer.alloc(stat.size);
    for (let at = 0; at < bytes.length; ) {
      const read = readSync(fd, bytes, at, bytes.length - at, at);
      if (read === 0) throw new FieldworkError("conflict", `"${path}" became shorter while it was read`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}
