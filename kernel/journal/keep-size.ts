import { setImmediate as nextTurn } from "node:timers/promises";
import type { Journal } from "./journal.ts";

const LOOK_EVERY_MS = 60_000;
/** So that one look ends, however fast the journal grows. */
const ROUNDS_MAX = 4000;

/** Keeps the journal from growing beyond a size in bytes, a few events at a time. Gives what stops it. */
export function keepSize(journal: Pick<Journal, "prune">, bytes: () => number): () => void {
  let stopped = false;
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      for (let round = 0; round < ROUNDS_MAX && !stopped; round++) {
        if (journal.prune(bytes()) === 0) break;
        await nextTurn();
      }
    } catch {
      // Tried again at the next look; why the file cannot be written is shown in health.
    } finally {
      looking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK_EVERY_MS).unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}
