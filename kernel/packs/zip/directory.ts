import { PACK_LIMITS } from "#contract";
import { collectProblems, quoted } from "../problems.ts";
import { type CentralHeader, readCentralHeaders, unicodePath } from "./central_header.ts";
import { readEndRecord } from "./end_record.ts";
import { DOS_FOLDER, FLAG, FLAGS_KNOWN, METHOD, type Method, MODE, ZIP64_32 } from "./format.ts";
import { type Extent, readLocalHeader } from "./local_header.ts";
import { createPathSet } from "./path_set.ts";

export interface ZipEntry {
  /** Without a slash at its end. */
  readonly path: string;
  readonly kind: "file" | "folder";
  readonly method: Method;
  /** Declared size and CRC-32 of the unpacked content. */
  readonly size: number;
  readonly crc: number;
  readonly packed: Buffer;
}

/**
 * The entries of a zip, after all that can be known without unpacking: limits, paths, links, encryption, agreement of
 * both headers, and that the entries fill the file one after the other.
 * @throws FieldworkError `module_invalid` or `too_large` with every problem.
 */
export function readDirectory(zip: Buffer): readonly ZipEntry[] {
  const end = readEndRecord(zip);
  const headers = readCentralHeaders(zip, end.directoryStart, end.directoryEnd, end.entries);
  const problems = collectProblems();
  const paths = createPathSet();
  const entries: ZipEntry[] = [];
  const extents: Extent[] = [];
  let unpacked = 0;

  for (const header of headers) {
    const name = decodeName(header.name);
    if (name === undefined) {
      problems.add(`${quoted(header.name.toString("latin1"))}: the name is not UTF-8`);
      continue;
    }
    const kind = name.endsWith("/") ? "folder" : "file";
    const path = kind === "folder" ? name.slice(0, -1) : name;
    const wrong = paths.add(path, kind) ?? headerProblem(header, kind);
    if (wrong !== undefined) problems.add(`${quoted(name)}: ${wrong}`);
    if (isBomb(header.size, header.packedSize))
      problems.limit(`${quoted(name)}: it unpacks to more than ${PACK_LIMITS.ratio} times its size`);
    unpacked += header.size;

    const extent = readLocalHeader(zip, header, end.directoryStart);
    if (typeof extent === "string") {
      problems.add(`${quoted(name)}: ${extent}`);
      continue;
    }
    extents.push(extent);
    entries.push({
      path,
      kind,
      method: header.method as Method,
      size: header.size,
      crc: header.crc,
      packed: zip.subarray(extent.dataStart, extent.dataEnd),
    });
  }

  if (unpacked > PACK_LIMITS.unpacked_bytes)
    problems.limit(`it unpacks to ${unpacked} bytes; ${PACK_LIMITS.unpacked_bytes} are allowed`);
  if (isBomb(unpacked, zip.length))
    problems.limit(`it unpacks to more than ${PACK_LIMITS.ratio} times its size`);
  if (extents.length === headers.length) {
    const uneven = unevenness(extents, end.directoryStart);
    if (uneven !== undefined) problems.add(uneven);
  }
  problems.throwIfAny();
  return entries;
}

function headerProblem(header: CentralHeader, kind: "file" | "folder"): string | undefined {
  const { flags, method, size, packedSize, localStart, disk } = header;
  if ((flags & (FLAG.encrypted | FLAG.strongly_encrypted | FLAG.masked)) !== 0) return "it is encrypted";
  if ((flags & ~FLAGS_KNOWN) !== 0) return `it has unknown flags (0x${flags.toString(16)})`;
  if (method !== METHOD.store && method !== METHOD.deflate)
    return `its method ${method} is not store or deflate`;
  if (disk !== 0) return "it lies in another part of the zip";
  if (size === ZIP64_32 || packedSize === ZIP64_32 || localStart === ZIP64_32) return "it needs zip64";
  if (method === METHOD.store && size !== packedSize) return "it is stored, yet its two sizes differ";
  if (kind === "folder" && size !== 0) return "it is a folder with content";

  const type = (header.externalAttributes >>> 16) & MODE.type;
  if (type !== 0 && type !== MODE.file && type !== MODE.folder) return "it is a link or a device";
  const saysFolder = type === MODE.folder || (type === 0 && (header.externalAttributes & DOS_FOLDER) !== 0);
  if (saysFolder && kind === "file") return "its attributes say folder, its name says file";
  if (type === MODE.file && kind === "folder") return "its attributes say file, its name says folder";

  const other = unicodePath(header.extra);
  return other !== undefined && !other.equals(header.name) ? "it has two different names" : undefined;
}

/** Entries must follow one another without overlap or gap: shared content is how small files become huge. */
function unevenness(extents: readonly Extent[], end: number): string | undefined {
  let at = 0;
  for (const extent of extents.toSorted((a, b) => a.start - b.start)) {
    if (extent.start < at) return `two entries overlap at byte ${extent.start}`;
    if (extent.start > at) return `bytes ${at} to ${extent.start} belong to no entry`;
    at = extent.end;
  }
  return at === end ? undefined : `bytes ${at} to ${end} belong to no entry`;
}

function isBomb(unpacked: number, packed: number): boolean {
  return unpacked > PACK_LIMITS.ratio_floor_bytes && unpacked > packed * PACK_LIMITS.ratio;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decodeName(name: Buffer): string | undefined {
  try {
    return utf8.decode(name);
  } catch {
    return undefined;
  }
}
