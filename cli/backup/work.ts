import { rm } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { FieldworkError, fromErrorData, type Reply } from "#contract";

/** What is done on a thread of its own. */
export type Work =
  | { readonly what: "list"; readonly home: string }
  | { readonly what: "create"; readonly home: string; readonly to: string | undefined }
  | { readonly what: "stage"; readonly folder: string; readonly next: string };

export type Told =
  | { readonly kind: "progress"; readonly step: string; readonly done: number; readonly of: number }
  /** From here on there is something half done in this folder. */
  | { readonly kind: "begun"; readonly folder: string }
  | { readonly kind: "done"; readonly reply: Reply };

export type TellProgress = (step: string, done: number, of: number) => void;

/** Does it on a thread of its own; cut off, or failed, it leaves nothing behind. @throws FieldworkError */
export async function runWork<T>(work: Work, signal: AbortSignal, tell: TellProgress): Promise<T> {
  signal.throwIfAborted();
  const worker = new Worker(new URL("./work.worker.ts", import.meta.url), { workerData: work });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let half: string | undefined;
  worker.on("message", (told: Told) => {
    if (told.kind === "progress") tell(told.step, told.done, told.of);
    else if (told.kind === "begun") half = told.folder;
    else if (told.reply.ok) resolve(told.reply.result as T);
    else reject(fromErrorData(told.reply.error));
  });
  worker.once("error", reject);
  worker.once("exit", () => reject(new FieldworkError("internal", "The work on the backup ended early.")));
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await promise;
  } catch (error) {
    await worker.terminate();
    if (half !== undefined) await rm(half, { recursive: true, force: true });
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
