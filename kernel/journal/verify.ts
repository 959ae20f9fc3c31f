import { Worker } from "node:worker_threads";

export interface Verification {
  readonly ok: boolean;
  readonly events: number;
  /** The sequence number of the first row that is missing or altered. */
  readonly firstBad: number | null;
  readonly problem: string | null;
}

export interface VerifyOptions {
  /** Ends the work. */
  readonly signal?: AbortSignal;
  /** Told now and then how many events were proved. */
  readonly progress?: (events: number) => void;
}

/** Recomputes the whole hash chain of a journal on a thread of its own. */
export function verifyJournal(path: string, { signal, progress }: VerifyOptions = {}): Promise<Verification> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(new URL("./verify.worker.ts", import.meta.url), { workerData: { path } });
    const stop = () => {
      reject(signal?.reason);
      void worker.terminate();
    };
    signal?.addEventListener("abort", stop, { once: true });
    worker.on("message", (told: Verification | { readonly proved: number }) => {
      if ("proved" in told) progress?.(told.proved);
      else resolve(told);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => {
      signal?.removeEventListener("abort", stop);
      reject(new Error(`the verification ended with code ${code}`));
    });
  });
}
