/** Work on backups for the server that started this thread, while that goes on. */
import { parentPort, workerData } from "node:worker_threads";
import { fail, succeed } from "#contract";
import { createLiveBackup } from "./create.ts";
import { listBackups } from "./list.ts";
import { stageBackup } from "./restore.ts";
import type { Told, Work } from "./work.ts";

const TELL_EVERY_MS = 100;

const work = workerData as Work;
const post = (told: Told) => parentPort?.postMessage(told);
let lastAt = Number.NEGATIVE_INFINITY;
let lastStep = "";

/** Not more often than anybody can see. */
function tell(step: string, done: number, of: number): void {
  const now = performance.now();
  if (step === lastStep && done < of && now - lastAt < TELL_EVERY_MS) return;
  lastAt = now;
  lastStep = step;
  post({ kind: "progress", step, done, of });
}

async function run() {
  switch (work.what) {
    case "list":
      return { backups: listBackups(work.home) };
    case "create": {
      const made = await createLiveBackup(work.home, work.to, new Date(), {
        bytes: (done, of) => tell("Copying", done, of),
        begun: (folder) => post({ kind: "begun", folder }),
      });
      return { path: made.path, bytes: made.bytes, files: made.files };
    }
    case "stage": {
      post({ kind: "begun", folder: work.next });
      const { files, created_at, data_format } = await stageBackup(work.folder, work.next, tell);
      return { files: files.length, created_at, data_format };
    }
  }
}

try {
  post({ kind: "done", reply: succeed((await run()) as never) });
} catch (thrown) {
  post({ kind: "done", reply: fail(thrown) });
}
