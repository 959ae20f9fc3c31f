import { Worker } from "node:worker_threads";
import type { Health } from "#contract";

type Disk = NonNullable<Health["disk"]>;

/** The last measure of the disk; a new one is begun, in the background, when it is asked for and the last is old. */
export interface DiskUse {
  last(): Disk | null;
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
  return {
    last() {
      if (worker === undefined && now() - begunAt > FRESH_MS) begin();
      return last;
    },
    close: () => void worker?.terminate(),
  };
}
