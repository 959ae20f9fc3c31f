import { Worker } from "node:worker_threads";
import { type ErrorData, FieldworkError, fromErrorData } from "#contract";
import type { JobArgs, JobName, JobResult } from "./jobs/index.ts";

const TIME_MAX_MS = 10_000;
const IDLE_MS = 20_000;
const WAITING_MAX = 256;
const MEMORY_MAX_MB = 256;

type Answer = { readonly result: unknown } | { readonly error: ErrorData };
interface Task {
  readonly job: JobName;
  readonly args: unknown;
  readonly signal: AbortSignal;
  settle(answer: Answer): void;
}

const waiting: Task[] = [];
let worker: Worker | undefined;
let busy = false;
let idle: NodeJS.Timeout | undefined;

/**
 * Does a job on a thread of its own, one after the other, each with a limit of time and memory: an expression or a page from
 * outside can be made to take for ever. The thread ends when nothing has come for a while.
 * @throws FieldworkError `timeout`, `rate_limited`, or what the job throws
 */
export function atDesk<N extends JobName>(
  job: N,
  args: JobArgs<N>,
  signal: AbortSignal,
): Promise<JobResult<N>> {
  if (waiting.length >= WAITING_MAX)
    throw new FieldworkError("rate_limited", "Too much work on texts waits already.", {
      details: { retry_after_ms: 1000 },
    });
  return new Promise((resolve, reject) => {
    const settle = (answer: Answer) =>
      "error" in answer ? reject(fromErrorData(answer.error)) : resolve(answer.result as JobResult<N>);
    waiting.push({ job, args, signal, settle });
    next();
  });
}

/** Ends the thread; work that comes later begins another. */
export async function closeDesk(): Promise<void> {
  clearTimeout(idle);
  const ended = worker;
  worker = undefined;
  await ended?.terminate();
}

function next(): void {
  if (busy) return;
  clearTimeout(idle);
  for (let task = waiting.shift(); task; task = waiting.shift()) {
    if (!task.signal.aborted) {
      busy = true;
      work(task);
      return;
    }
    task.settle(failure("cancelled", "The work was stopped before it began."));
  }
  idle = setTimeout(closeDesk, IDLE_MS).unref();
}

function work(task: Task): void {
  const thread = worker ?? begin();
  worker = thread;
  let settled = false;
  const end = (answer: Answer, broken: boolean) => {
    if (settled) return;
    settled = true;
    clearTimeout(limit);
    task.signal.removeEventListener("abort", stop);
    thread.off("message", told).off("error", failed).off("exit", left);
    if (broken) {
      if (worker === thread) worker = undefined;
      void thread.terminate();
    }
    busy = false;
    task.settle(answer);
    next();
  };
  const told = (answer: Answer) => end(answer, false);
  const failed = (error: Error & { readonly code?: string }) =>
    end(
      failure(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "memory_exhausted" : "internal", error.message),
      true,
    );
  const left = () => end(failure("cancelled", "The system is stopping."), true);
  const stop = () => end(failure("cancelled", "The work was stopped."), true);
  const limit = setTimeout(
    () => end(failure("timeout", `The work on the text took longer than ${TIME_MAX_MS / 1000} s.`), true),
    TIME_MAX_MS,
  );
  thread.on("message", told).on("error", failed).on("exit", left);
  task.signal.addEventListener("abort", stop, { once: true });
  thread.postMessage({ job: task.job, args: task.args });
}

function begin(): Worker {
  const thread = new Worker(new URL("./desk.worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB, maxYoungGenerationSizeMb: 16 },
  });
  // A thread that breaks while nothing is asked of it only leaves.
  thread.on("error", () => {}).unref();
  return thread;
}

const failure = (code: ErrorData["code"], message: string): Answer => ({
  error: { code, message, remedy: "Do it with less text or a simpler pattern." },
});
