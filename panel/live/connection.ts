import { useSyncExternalStore } from "react";

/** `lost`: it was there and is tried again. */
export type Connection = "connecting" | "open" | "lost";

let state: Connection = "connecting";
const listeners = new Set<() => void>();

export const connection = (): Connection => state;

export function setConnection(next: Connection): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function onConnection(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useConnection = (): Connection => useSyncExternalStore(onConnection, connection);
