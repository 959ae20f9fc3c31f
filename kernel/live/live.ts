import type { LiveEvent } from "#contract";

/** What happens now, for those who listen now; nothing is kept. A listener that throws is not told again. */
export interface Live {
  tell(event: LiveEvent): void;
  listen(listener: (event: LiveEvent) => void): () => void;
}

export function createLive(): Live {
  const listeners = new Set<(event: LiveEvent) => void>();
  return {
    tell(event) {
      for (const listener of listeners) {
        try {
          listener(event);
        } catch {
          listeners.delete(listener);
        }
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
