import { createHash, randomUUID } from "node:crypto";
import { constants, renameSync } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { BLOB_MAX_BYTES, type BlobInfo, FieldworkError, type Host } from "#contract";
import { folderOf, pathOf } from "./table.ts";
import { typeOf } from "./type.ts";

const CHUNK_BYTES = 1024 * 1024;
const AT_ONCE = 8;
let underWay = 0;

/**
 * Keeps a file under its hash. What is known already is kept once.
 * @throws FieldworkError `too_large`, `rate_limited`, `not_found`
 */
export async function keep(
  host: Host,
  path: string,
  claimed: string,
  signal: AbortSignal,
): Promise<BlobInfo> {
  if (underWay >= AT_ONCE)
    throw new FieldworkError("rate_limited", `${underWay} files are being kept already.`, {
      details: { retry_after_ms: 500 },
    });
  underWay++;
  await mkdir(folderOf(host), { recursive: true, mode: 0o700 });
  const temporary = join(folderOf(host), `.${randomUUID()}.tmp`);
  try {
    const { hash, size, begins } = await copy(path, temporary, signal);
    const type = typeOf(begins, claimed);
    const db = host.database();
    const total = Number(db.sql("SELECT coalesce(sum(size), 0) AS n FROM blob_blob").get()?.n);
    const most = host.setting("blob.max_bytes") as number;
    const known = db.sql("SELECT type FROM blob_blob WHERE hash = ?").get(hash);
    if (!known && total + size > most)
      throw new FieldworkError(
        "too_large",
        `All attached files together take as much as they may (blob.max_bytes = ${most}).`,
        {
          remedy: "Delete conversations that are no longer needed, or raise the setting blob.max_bytes.",
          details: { setting: "blob.max_bytes", limit: most },
        },
      );
    // In one go with the row: the collector never sees one without the other.
    renameSync(temporary, pathOf(host, hash));
    db.sql(
      "INSERT INTO blob_blob VALUES (?, ?, ?, ?, 0) ON CONFLICT (hash) DO UPDATE SET at = excluded.at, bound = 0",
    ).run(hash, size, type, Math.floor(host.now()));
    await Promise.all([syncFolder(folderOf(host)), db.durable()]);
    return { blob: hash, size, type: known ? String(known.type) : type };
  } finally {
    underWay--;
    await rm(temporary, { force: true });
  }
}

async function copy(from: string, to: string, signal: AbortSignal) {
  await using source = await openFile(from);
  await using target = await open(to, "wx", 0o600);
  const digest = createHash("sha256");
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  let begins = Buffer.alloc(0);
  let size = 0;
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await source.read(chunk, 0, CHUNK_BYTES, size);
    if (bytesRead === 0) break;
    const read = chunk.subarray(0, bytesRead);
    if (size === 0) begins = Buffer.from(read.subarray(0, 16));
    size += bytesRead;
    if (size > BLOB_MAX_BYTES) throw tooLarge();
    digest.update(read);
    await target.writeFile(read);
  }
  await target.sync();
  return { hash: digest.digest("hex"), size, begins };
}

async function openFile(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: NodeJS.ErrnoException) => {
      throw new FieldworkError("not_found", `${path} cannot be read (${error.code}).`, { cause: error });
    },
  );
  const stats = await file.stat();
  if (stats.isFile() && stats.size <= BLOB_MAX_BYTES) return file;
  await file.close();
  throw stats.isFile() ? tooLarge() : new FieldworkError("invalid_input", `${path} is not a file.`);
}

const tooLarge = () =>
  new FieldworkError("too_large", `An attached file may have ${BLOB_MAX_BYTES} bytes.`, {
    details: { max_bytes: BLOB_MAX_BYTES },
  });

async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  await using folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY);
  await folder.sync();
}
