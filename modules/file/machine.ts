import { stat, statfs } from "node:fs/promises";
import { dirname, sep } from "node:path";
import { FieldworkError } from "#contract";
import { errnoOf } from "./errno.ts";

const PSEUDO_FOLDERS = ["/proc", "/sys", "/dev"] as const;
/** Numbers of statfs(2): proc, sysfs, devpts, debugfs, tracefs, cgroup, cgroup2, securityfs, configfs, bpf, efivarfs, pstore, mqueue. */
const PSEUDO_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0x9fa0, 0x62656572, 0x1cd1, 0x64626720, 0x74726163, 0x27e0eb, 0x63677270, 0x73636673, 0x62656570,
  0xcafe4a11, 0xde5e81e4, 0x6165676c, 0x19800202,
]);
const VIRTUAL_FOLDERS = ["/workspace", "/shared"] as const;

export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

/** Does the text of a canonical path already say that no grant opens it? */
export const isClosed = (real: string, home: string): boolean => closedBecause(real, home) !== undefined;

/**
 * Refuses a canonical path of the machine that no grant opens, however broad: Fieldwork's own home, by whatever mount it is
 * reached; processes and devices; and folders that the virtual ones hide.
 */
export async function checkMachinePath(real: string, home: string): Promise<void> {
  const reason = closedBecause(real, home) ?? (await mountedClosed(real, home));
  if (reason)
    throw new FieldworkError("denied", `${real} is closed to every module: ${reason}.`, {
      remedy: "No grant opens this path. Copy what is needed into the workspace or the shared folder.",
    });
}

/** Refuses to delete or move away a folder of the machine that holds Fieldwork's home. */
export function checkHoldsNoHome(real: string, home: string): void {
  if (isWithin(home, real))
    throw new FieldworkError("denied", `${real} holds Fieldwork's home.`, {
      remedy: "Name the parts of it that are meant.",
    });
}

function closedBecause(real: string, home: string): string | undefined {
  if (isWithin(real, home))
    return "it lies in Fieldwork's home, where the other modules' folders and secrets are";
  if (process.platform === "win32")
    return real.startsWith("\\\\") ? "it is a device or network path" : undefined;
  if (PSEUDO_FOLDERS.some((folder) => isWithin(real, folder)))
    return "it names processes or devices, not files";
  if (VIRTUAL_FOLDERS.some((folder) => isWithin(real, folder)))
    return "the folder of the same name that Fieldwork gives to modules hides it";
  return undefined;
}

async function mountedClosed(real: string, home: string): Promise<string | undefined> {
  const folders: string[] = [];
  for (let folder = real; ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === dirname(folder)) break;
  }
  const [own, ...seen] = await Promise.all([home, ...folders].map(identity));
  if (own !== undefined && seen.includes(own)) return "it is Fieldwork's home under another name";
  const deepest = folders[seen.findIndex((one) => one !== undefined)];
  if (process.platform === "linux" && deepest && PSEUDO_FILE_SYSTEMS.has((await statfs(deepest)).type))
    return "it names processes or devices, not files";
  return undefined;
}

async function identity(path: string): Promise<string | undefined> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    const code = errnoOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
