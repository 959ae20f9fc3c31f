import { type FSWatcher, watch } from "node:fs";

const SETTLE_MS = 120;
/** What a module changes itself while it runs. */
const OWN = /^(state\.db|workspace|\.)/;

/** Tells when something in a folder changed, once things are quiet again. */
export interface FolderWatch {
  close(): void;
}

export function watchFolder(folder: string, changed: () => void, onGone: () => void = () => {}): FolderWatch {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  const touch = (_event: string, name: string | null) => {
    if (name !== null && OWN.test(name)) return;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS).unref();
  };
  try {
    watcher = watch(folder, { persistent: false }, touch);
    watcher.on("error", onGone);
  } catch {
    onGone();
  }
  return {
    close() {
      clearTimeout(timer);
      watcher?.close();
    },
  };
}
