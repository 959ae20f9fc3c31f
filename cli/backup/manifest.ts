import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FieldworkError } from "#contract";

/**
 * A backup is a folder with the same tree as the home, without what {@link LEFT_OUT} names, and `backup.json`. Databases are
 * consistent copies of one moment, without write-ahead logs. Paths use `/` on every system.
 */
export const BACKUP_FILE = "backup.json";

/** Top folders of a home that a backup does not hold: what is of the moment, and the backups themselves. */
export const LEFT_OUT: ReadonlySet<string> = new Set(["run", "logs", "tmp", "backups", "cache"]);

const PATH_MAX_CHARS = 4096;

const safePath = z
  .string()
  .min(1)
  .max(PATH_MAX_CHARS)
  .refine(
    (path) =>
      !/[\\\0]|^[A-Za-z]:|^\//.test(path) && path.split("/").every((part) => !["", ".", ".."].includes(part)),
    "not a relative path inside the backup",
  );

export const backupManifest = z.object({
  version: z.string(),
  data_format: z.int().min(0),
  created_at: z.iso.datetime(),
  files: z
    .array(z.object({ path: safePath, size: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(5_000_000),
});
export type BackupManifest = z.infer<typeof backupManifest>;
export type BackupFile = BackupManifest["files"][number];

/** @throws FieldworkError `invalid_input` when the folder is not a backup. */
export function readBackupManifest(folder: string): BackupManifest {
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(join(folder, BACKUP_FILE), "utf8"));
  } catch (error) {
    throw notABackup(`${BACKUP_FILE} cannot be read: ${(error as Error).message}`);
  }
  const parsed = backupManifest.safeParse(raw);
  if (!parsed.success)
    throw notABackup(`${BACKUP_FILE} is not valid: ${z.prettifyError(parsed.error).slice(0, 500)}`);
  const paths = parsed.data.files.map((file) => file.path);
  if (new Set(paths).size !== paths.length) throw notABackup(`${BACKUP_FILE} names a file twice`);
  return parsed.data;
}

const notABackup = (why: string): FieldworkError =>
  new FieldworkError("invalid_input", `This folder is not a backup: ${why}.`, {
    remedy: "Name a folder that `fw backup` made, for example one in the home's backups/.",
  });
