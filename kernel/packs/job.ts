import { Worker } from "node:worker_threads";
import { type ErrorData, FieldworkError, fromErrorData } from "#contract";
import type { PackListing } from "./listing.ts";
import type { WrittenZip } from "./zip/index.ts";

const JOBS_AT_ONCE = 2;
const JOBS_WAITING = 64;
const JOB_TIMEOUT_MS = 300_000;
/** Contents stay outside the heap; this is for the code and the listing. */
const RESOURCE_LIMITS = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** What the worker is asked for; paths are absolute. */
export type Job =
  | { readonly kind: "read"; readonly pack: string }
  | { readonly kind: "unpack"; readonly pack: string; readonly into: string }
  | {
      readonly kind: "pack";
      readonly folder: string;
      readonly paths: readonly string[];
      readonly temporary: string;
    };

export interface JobResult {
  readonly read: PackListing;
  readonly unpack: PackListing;
  readonly pack: WrittenZip;
}

export type JobOutcome =
  | { readonly ok: true; readonly result: JobResult[Job["kind"]] }
  | { readonly ok: false; readonly error: ErrorData };

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Runs a job in a worker of its own. When this settles, the worker is gone and writes nothing any more.
 * @throws FieldworkError what the job threw; `cancelled`, `timeout`, or `unavailable` when too many wait.
 */
export async function runJob<J extends Job>(job: J, signal?: AbortSignal): Promise<JobResult[J["kind"]]> {
  refuseAborted(signal);
  await enter(signal);
  try {
    return (await runWorker(job, signal)) as JobResult[J["kind"]];
  } finally {
    leave();
  }
}

async function runWorker(job: Job, signal: AbortSignal | undefined): Promise<JobResult[Job["kind"]]> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: job,
    env: {},
    execArgv: [],
    resourceLimits: RESOURCE_LIMITS,
  });
  const { promise, resolve, reject } = Promise.withResolvers<JobOutcome>();
  const abort = (): void => reject(cancelled());
  const timer = setTimeout(
    () => reject(new FieldworkError("timeout", `The pack took longer than ${JOB_TIMEOUT_MS} ms.`)),
    JOB_TIMEOUT_MS,
  );
  signal?.addEventListener("abort", abort, { once: true });
  worker.once("message", resolve);
  worker.once("error", (error) => reject(workerFailure(error)));
  worker.once("exit", () =>
    reject(new FieldworkError("internal", "The pack's worker ended without a word.")),
  );
  if (signal?.aborted) abort();
  try {
    const outcome = await promise;
    if (!outcome.ok) throw fromErrorData(outcome.error);
    return outcome.result;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

function enter(signal: AbortSignal | undefined): Promise<void> {
  if (running < JOBS_AT_ONCE) {
    running++;
    return Promise.resolve();
  }
  if (waiting.length >= JOBS_WAITING)
    throw new FieldworkError("unavailable", `${JOBS_WAITING} packs are waiting already; try again later.`);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = (): void => {
    waiting.splice(waiting.indexOf(go), 1);
    reject(cancelled());
  };
  const go = (): void => {
    signal?.removeEventListener("abort", abort);
    resolve();
  };
  signal?.addEventListener("abort", abort, { once: true });
  waiting.push(go);
  return promise;
}

/** Hands the place to the next in line. */
function leave(): void {
  const next = waiting.shift();
  if (next === undefined) running--;
  else next();
}

export function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled();
}

function cancelled(): FieldworkError {
  return new FieldworkError("cancelled", "Working on the pack was stopped.");
}

function workerFailure(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  return code === "ERR_WORKER_OUT_OF_MEMORY"
    ? new FieldworkError("too_large", "The pack's directory does not fit in memory.")
    : error;
}
