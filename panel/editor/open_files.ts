import { useCallback, useSyncExternalStore } from "react";
import { createFileSession, type FileSession } from "./file_session.ts";

const KEPT = 64;
const sessions = new Map<string, FileSession>();
const listeners = new Set<() => void>();

const keyOf = (id: string, path: string) => `${id}/${path}`;

/** The session of a file; unsaved texts stay while the panel is open, wherever one goes in it. */
export function sessionOf(id: string, path: string): FileSession {
  const key = keyOf(id, path);
  const known = sessions.get(key);
  if (known) return known;
  for (const [other, session] of sessions) {
    if (sessions.size < KEPT) break;
    if (!session.snapshot().dirty) sessions.delete(other);
  }
  const made = createFileSession(id, path, () => {
    for (const listener of listeners) listener();
  });
  sessions.set(key, made);
  return made;
}

/** Its file is gone or has another name: what was typed goes with it. */
export function forget(id: string, path: string): void {
  sessions.delete(keyOf(id, path));
  for (const listener of listeners) listener();
}

const unsavedOf = (id: string): string =>
  [...sessions]
    .filter(([key, session]) => key === keyOf(id, session.path) && session.snapshot().dirty)
    .map(([, { path }]) => path)
    .join("\n");

/** The files of a module whose text is not saved. */
export function useUnsaved(id: string): ReadonlySet<string> {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  const paths = useSyncExternalStore(subscribe, () => unsavedOf(id));
  return new Set(paths === "" ? [] : paths.split("\n"));
}

addEventListener("beforeunload", (event) => {
  if ([...sessions.values()].some((session) => session.snapshot().dirty)) event.preventDefault();
});
