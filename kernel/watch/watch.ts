import { type FSWatcher, readdirSync, watch } from "node:fs";
import { join } from "node:path";

const SETTLE_MS = 120;
/** Who touches a folder again and again does not put this off for ever. */
const LONGEST_WAIT_MS = 2000;
const FOLDERS_MAX = 512;
/** What a module changes itself while it runs. */
const OWN = /^(state\.db|workspace$|\.)/;

/** Tells when something in a folder changed, once things are quiet again. */
export interface FolderWatch {
  close(): void;
}

export interface WatchOptions {
  /** Whether a folder inside, named by its path with `/`, is watched too; none is by default. */
  readonly inside?: (path: string) => boolean;
}

export function watchFolder(
  folder: string,
  changed: () => void,
  { inside = () => false }: WatchOptions = {},
): FolderWatch {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let firstTouch: number | undefined;
  let closed = false;

  const drop = (path: string) => {
    for (const [at, watcher] of watchers) {
      if (at !== path && !at.startsWith(`${path}/`)) continue;
      watcher.close();
      watchers.delete(at);
    }
  };
  const tell = () => {
    firstTouch = undefined;
    changed();
  };
  const touch = (at: string, event: string, name: string | null) => {
    if (closed || (at === "" && name !== null && OWN.test(name))) return;
    // A folder may have come, or come back under the name of another.
    if (event === "rename" && name !== null) {
      drop(at === "" ? name : `${at}/${name}`);
      add(at);
    }
    firstTouch ??= performance.now();
    const left = firstTouch + LONGEST_WAIT_MS - performance.now();
    clearTimeout(timer);
    timer = setTimeout(tell, Math.max(0, Math.min(SETTLE_MS, left))).unref();
  };
  /** Watches first and lists then, so that nothing comes between. */
  const add = (path: string): void => {
    const absolute = join(folder, path);
    try {
      if (!watchers.has(path)) {
        if (watchers.size >= FOLDERS_MAX) return;
        const watcher = watch(absolute, { persistent: false }, (event, name) => touch(path, event, name));
        watcher.on("error", () => drop(path));
        watchers.set(path, watcher);
      }
      for (const entry of readdirSync(absolute, { withFileTypes: true })) {
        const below = path === "" ? entry.name : `${path}/${entry.name}`;
        if (entry.isDirectory() && !watchers.has(below) && inside(below)) add(below);
      }
    } catch {
      // It is gone already, which the folder above tells.
      drop(path);
    }
  };
  add("");
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}
