import { lstat, mkdir, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type CallContext, FieldworkError } from "#contract";
import { errnoOf, translated } from "./errno.ts";
import { checkMachinePath } from "./machine.ts";
import { readPath, type WrittenPath } from "./path.ts";

/** A canonical path: no link in it, known to lie where it says. */
export interface Place {
  readonly area: "workspace" | "shared" | "machine";
  /** As the caller may use it again: `/workspace/…`, `/shared/…` or the machine's absolute path. */
  readonly shown: string;
  /** The real absolute path. */
  readonly real: string;
  /** The real path of the workspace or shared folder; undefined on the machine. */
  readonly root: string | undefined;
}

type Surroundings = Pick<CallContext, "workspace" | "host">;
const ROOTS_MOST = 4096;
const roots = new Map<string, Promise<string>>();

/**
 * Where a path really leads. Links are followed, the last one only with `follow` (what deletes or renames means the link
 * itself). What does not exist yet is taken below the deepest folder that does.
 * @throws FieldworkError `denied` for what no grant opens: the home, other modules' folders, devices, links to nothing.
 */
export function resolvePlace(path: string, follow: boolean, around: Surroundings): Promise<Place> {
  return translated(path, async () => {
    const written = readPath(path);
    const base = written.area === "machine" ? written.base : await rootOf(written.area, around);
    const real = await canonical(base, written.segments, follow, path);
    const place = await placeAt(real, around);
    if (place.area === "machine") await checkMachinePath(real, await homeOf(around));
    return place;
  });
}

/** The place of a canonical path as {@link resolvePlace} showed it, without looking at the disk again. */
export async function knownPlace(shown: string, around: Surroundings): Promise<Place> {
  const written: WrittenPath = readPath(shown);
  if (written.area === "machine") {
    const real = join(written.base, ...written.segments);
    return { area: "machine", shown: real, real, root: undefined };
  }
  const root = await rootOf(written.area, around);
  return { area: written.area, shown, real: join(root, ...written.segments), root };
}

/** What a grant is compared with: nothing for the own workspace. */
export const targetsOf = (...places: readonly Place[]): string[] =>
  places.filter(({ area }) => area !== "workspace").map(({ shown }) => shown);

async function placeAt(real: string, around: Surroundings): Promise<Place> {
  for (const area of ["workspace", "shared"] as const) {
    const root = await rootOf(area, around);
    const rest = below(root, real);
    if (rest !== undefined) return { area, shown: rest === "" ? `/${area}` : `/${area}/${rest}`, real, root };
  }
  return { area: "machine", shown: real, real, root: undefined };
}

/** The real path of Fieldwork's home. */
export const homeOf = ({ host }: Surroundings): Promise<string> => realFolder(host.home);

const rootOf = (area: "workspace" | "shared", { workspace, host }: Surroundings): Promise<string> =>
  realFolder(area === "workspace" ? workspace : host.folder("shared"));

function realFolder(folder: string): Promise<string> {
  const known = roots.get(folder);
  if (known) return known;
  if (roots.size >= ROOTS_MOST) roots.clear();
  const root = mkdir(folder, { recursive: true, mode: 0o700 }).then(() => realpath(folder));
  roots.set(folder, root);
  root.catch(() => roots.delete(folder));
  return root;
}

function below(root: string, real: string): string | undefined {
  if (real === root) return "";
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  return relative(root, real).split(sep).join("/");
}

async function canonical(
  base: string,
  segments: readonly string[],
  follow: boolean,
  path: string,
): Promise<string> {
  const last = segments.at(-1);
  if (!follow && last !== undefined)
    return join(await canonical(base, segments.slice(0, -1), true, path), last);
  for (let depth = segments.length; depth >= 0; depth--) {
    const real = await existing(join(base, ...segments.slice(0, depth)));
    if (real === undefined) continue;
    const missing = segments.slice(depth);
    if (missing[0] !== undefined && (await isDangling(join(real, missing[0]))))
      throw new FieldworkError("denied", `${path} goes through a link that leads nowhere.`, {
        remedy: "Delete the link first.",
      });
    return join(real, ...missing);
  }
  throw new FieldworkError("not_found", `There is no ${base}.`);
}

async function existing(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = errnoOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw error;
  }
}

async function isDangling(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}
