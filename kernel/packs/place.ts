import { closeSync, constants, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Archive, unpackContents } from "./archive.ts";
import type { PackEntry } from "./listing.ts";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
const NOTHING = { write() {}, close() {} };

/**
 * Writes the module's folder of a pack into the empty folder `into`; when it returns, all of it is on the disk.
 * @returns the files written, relative to `into`.
 */
export async function placeContents(archive: Archive, into: string): Promise<readonly PackEntry[]> {
  const files: PackEntry[] = [];
  const folders = new Set([into]);
  const makeFolder = (folder: string): void => {
    if (folders.has(folder)) return;
    makeFolder(dirname(folder));
    mkdirSync(folder, { mode: FOLDER_MODE });
    folders.add(folder);
  };
  await unpackContents(archive, (entry) => {
    const path = below(archive.root, entry.path);
    if (path === undefined) return NOTHING;
    const target = join(into, path);
    if (entry.kind === "folder") {
      makeFolder(target);
      return NOTHING;
    }
    makeFolder(dirname(target));
    const fd = openSync(target, NEW_FILE, FILE_MODE);
    files.push({ path, size: entry.size });
    return {
      write(chunk) {
        for (let done = 0; done < chunk.length; ) done += writeSync(fd, chunk, done);
      },
      close(complete) {
        try {
          if (complete) fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
      },
    };
  });
  for (const folder of [...folders, dirname(into)]) syncFolder(folder);
  return files;
}

/** The new name of a file is durable only when its folder is. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function below(root: string, path: string): string | undefined {
  if (root === "") return path;
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}
