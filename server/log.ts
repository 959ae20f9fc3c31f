import { copyFileSync, statSync, truncateSync } from "node:fs";

/** A log file is cut at this size; one older file, `<path>.1`, is kept. */
export const LOG_MAX_BYTES = 10 * 1024 * 1024;

/**
 * Keeps a log bounded while this process writes to it through an inherited descriptor opened for appending: copy, then
 * truncate in place, as a rename would leave the descriptor on the old file. Returns how to stop.
 */
export function keepLogBounded(
  path: string,
  { max_bytes = LOG_MAX_BYTES, every_ms = 10_000 } = {},
): () => void {
  const timer = setInterval(() => {
    try {
      if (statSync(path).size <= max_bytes) return;
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
    } catch {
      // A log that was removed or cannot be copied now is looked at again at the next turn.
    }
  }, every_ms);
  timer.unref();
  return () => clearInterval(timer);
}
