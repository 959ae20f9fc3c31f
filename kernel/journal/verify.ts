import { Worker } from "node:worker_threads";

export interface Verification {
  readonly ok: boolean;
  readonly events: number;
  /** The sequence number of the first row that is missing or altered. */
  readonly firstBad: number | null;
  readonly problem: string | null;
}

/** Recomputes the whole hash chain of a journal on a thread of its own. */
export function verifyJournal(path: string): Promise<Verification> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./verify.worker.ts", import.meta.url), { workerData: { path } });
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the verification ended with code ${code}`)));
  });
}
