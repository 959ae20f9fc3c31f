import { lstat } from "node:fs/promises";
import { join } from "node:path";
import { DATA_FORMAT, FieldworkError } from "#contract";
import { quickCheck, verifyJournal } from "../home/index.ts";
import { digest, isDatabase, type TellBytes } from "./files.ts";
import { BACKUP_FILE, type BackupManifest, readBackupManifest } from "./manifest.ts";

const PROBLEMS_MAX = 20;

/**
 * Proves that a backup is whole: every file there with its size and hash, no file a link.
 * @throws FieldworkError `invalid_input` with every problem in `details.problems`, or when a newer Fieldwork made it.
 */
export async function validateBackup(folder: string, tell: TellBytes = () => {}): Promise<BackupManifest> {
  const manifest = readBackupManifest(folder);
  if (manifest.data_format > DATA_FORMAT)
    throw new FieldworkError(
      "invalid_input",
      `The backup has data format ${manifest.data_format}; this program knows ${DATA_FORMAT}.`,
      {
        remedy: `Use Fieldwork ${manifest.version} or newer to restore it.`,
      },
    );
  const problems: string[] = [];
  const of = manifest.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const file of manifest.files) {
    if (problems.length >= PROBLEMS_MAX) break;
    tell(done, of);
    done += file.size;
    const problem = file.path === BACKUP_FILE ? "the list names itself" : await fileProblem(folder, file);
    if (problem !== undefined) problems.push(`${file.path}: ${problem}`);
  }
  if (problems.length > 0) throw notWhole(problems);
  return manifest;
}

/** Checks the databases of a restored tree. @throws FieldworkError `storage_failed` naming what is not sound. */
export async function validateDatabases(folder: string, files: readonly string[]): Promise<void> {
  const problems: string[] = [];
  for (const path of files) {
    if (!(await isDatabase(join(folder, path)))) continue;
    const problem = quickCheck(join(folder, path));
    if (problem !== undefined) problems.push(`${path}: ${problem}`);
  }
  if (problems.length === 0 && files.includes("journal.db")) {
    const { ok, problem } = verifyJournal(folder);
    if (!ok) problems.push(`journal.db: ${problem}`);
  }
  if (problems.length > 0)
    throw new FieldworkError("storage_failed", `The data are not sound: ${problems[0]}.`, {
      remedy: "Take another backup; the home was not touched.",
      details: { problems },
    });
}

async function fileProblem(
  folder: string,
  file: BackupManifest["files"][number],
): Promise<string | undefined> {
  const path = join(folder, file.path);
  try {
    const found = await lstat(path);
    if (!found.isFile()) return "is not a regular file";
    if (found.size !== file.size) return `has ${found.size} bytes instead of ${file.size}`;
    return (await digest(path)).sha256 === file.sha256 ? undefined : "was altered since the backup";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "is missing" : (error as Error).message;
  }
}

function notWhole(problems: readonly string[]): FieldworkError {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new FieldworkError("invalid_input", `The backup is not whole: ${problems[0]}${more}.`, {
    remedy: "Take another backup; the home was not touched.",
    details: { problems },
  });
}
