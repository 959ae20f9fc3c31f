import { stat } from "node:fs/promises";
import { Worker } from "node:worker_threads";

const PASSIVE_BYTES = 4 * 1024 * 1024;
const RESET_BYTES = 64 * 1024 * 1024;

/**
 * Copies write-ahead logs back into their databases on a thread of its own, so that the server's event loop never waits
 * for the disk. Told of a write with {@link Checkpointer.wrote}; looks at a file at most once a second.
 */
export interface Checkpointer {
  wrote(path: string): void;
  close(): Promise<void>;
}

export function createCheckpointer(): Checkpointer {
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  const dirty = new Set<string>();

  const look = async () => {
    timer = undefined;
    const paths = [...dirty];
    dirty.clear();
    for (const path of paths) {
      const size = await stat(`${path}-wal`).then(
        (found) => found.size,
        () => 0,
      );
      if (size < PASSIVE_BYTES) continue;
      if (!worker) {
        worker = new Worker(new URL("./checkpointer.worker.ts", import.meta.url), {
          resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 2 },
        });
        worker.unref();
        const made = worker;
        const gone = () => {
          if (worker === made) worker = undefined;
        };
        made.on("error", gone).on("exit", gone);
      }
      worker.postMessage({ path, reset: size > RESET_BYTES });
    }
  };

  return {
    wrote(path) {
      dirty.add(path);
      if (timer) return;
      timer = setTimeout(look, 1000);
      timer.unref();
    },
    async close() {
      clearTimeout(timer);
      await worker?.terminate();
    },
  };
}
