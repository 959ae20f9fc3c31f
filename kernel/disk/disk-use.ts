import { statfs } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import type { Health } from "#contract";

type Disk = NonNullable<Health["disk"]>;

/**
 * What the home takes is measured in the background, anew when it is asked for and the last measure is old; the space
 * that is free is asked of the file system each time.
 */
export interface DiskUse {
  /** The last measure, with the free space of the last `now()`; `null` until the first measure is done. */
  last(): Disk | null;
  now(): Promise<Disk | null>;
  close(): void;
}

const FRESH_MS = 5 * 60_000;

export function createDiskUse(home: string, now: () => number): DiskUse {
  let last: Disk | null = null;
  let begunAt = Number.NEGATIVE_INFINITY;
  let worker: Worker | undefined;

  const begin = () => {
    begunAt = now();
    const made = new Worker(new URL("./disk-use.worker.ts", import.meta.url), { workerData: { home } });
    worker = made;
    made.unref();
    made.once("message", (measured: Omit<Disk, "measured_at">) => {
      last = { ...measured, measured_at: new Date(now()).toISOString() };
    });
    // What cannot be measured now is measured the next time.
    made.once("error", () => {});
    made.once("exit", () => {
      if (worker === made) worker = undefined;
    });
  };
  const lastMeasure = () => {
    if (worker === undefined && now() - begunAt > FRESH_MS) begin();
    return last;
  };
  return {
    last: lastMeasure,
    async now() {
      lastMeasure();
      // A file system that does not answer leaves the last figures.
      const space = await statfs(home).catch(() => undefined);
      if (last && space) {
        const { bavail, blocks, bsize } = space;
        last = { ...last, free_bytes: bavail * bsize, total_bytes: blocks * bsize };
      }
      return last;
    },
    close: () => void worker?.terminate(),
  };
}
