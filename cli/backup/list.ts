import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type BackupInfo, DATA_FORMAT, toErrorData } from "#contract";
import { readBackupManifest } from "./manifest.ts";

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

/** The backups in a home's `backups/`, newest first; what is no backup is left out. */
export function listBackups(home: string): BackupInfo[] {
  const folder = join(home, "backups");
  return foldersIn(folder)
    .flatMap((name) => {
      try {
        const { created_at, version, data_format, files } = readBackupManifest(join(folder, name));
        const usable = data_format <= DATA_FORMAT;
        return [
          {
            name,
            path: join(folder, name),
            created_at,
            version,
            data_format,
            files: files.length,
            bytes: files.reduce((sum, { size }) => sum + size, 0),
            usable,
            problem: usable ? null : `It was made by a newer Fieldwork (${version}).`,
          },
        ];
      } catch (error) {
        return isMissing(error) ? [] : [damaged(folder, name, toErrorData(error).message)];
      }
    })
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((one) => one.isDirectory() && NAME.test(one.name))
      .map((one) => one.name);
  } catch {
    return [];
  }
}

/** A folder without a list of files was never a backup. */
const isMissing = (error: unknown): boolean => /ENOENT/.test(toErrorData(error).message);

const damaged = (folder: string, name: string, problem: string): BackupInfo => ({
  name,
  path: join(folder, name),
  created_at: new Date(0).toISOString(),
  version: "",
  data_format: 0,
  files: 0,
  bytes: 0,
  usable: false,
  problem,
});
