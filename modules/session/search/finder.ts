import { Worker } from "node:worker_threads";
import { FieldworkError, type SessionFound } from "#contract";

export interface Question {
  readonly query: string;
  /** Agents with the files of their conversations. */
  readonly places: readonly { readonly agent: string; readonly path: string }[];
  readonly limit: number;
}
export type Answer =
  | { readonly found: SessionFound[]; readonly more: boolean }
  | { readonly problem: string };

/** Searches conversations one after the other on a thread of its own, begun with the first search and ended when idle. */
export interface Finder {
  /** @throws FieldworkError `rate_limited`, `storage_failed`; the reason of the signal where nobody waits any more */
  find(question: Question, signal: AbortSignal): Promise<{ found: SessionFound[]; more: boolean }>;
  close(): Promise<void>;
}

const IDLE_MS = 30_000;
const WAITING_MOST = 32;

export function createFinder(): Finder {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const end = async () => {
    clearTimeout(idle);
    const ended = worker;
    worker = undefined;
    await ended?.terminate();
  };
  const ask = (question: Question): Promise<Answer> => {
    clearTimeout(idle);
    worker ??= new Worker(new URL("./find.worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 },
    });
    const asked = worker;
    asked.unref();
    return new Promise<Answer>((resolve) => {
      const failed = (problem: string) => {
        if (worker === asked) worker = undefined;
        resolve({ problem });
      };
      const gone = () => failed("its thread has ended");
      const broken = (error: Error) => failed(error.message);
      asked.once("error", broken).once("exit", gone);
      asked.once("message", (answer: Answer) => {
        asked.off("error", broken).off("exit", gone);
        resolve(answer);
      });
      asked.postMessage(question);
    }).finally(() => {
      idle = setTimeout(() => void end(), IDLE_MS).unref();
    });
  };

  return {
    find(question, signal) {
      if (waiting >= WAITING_MOST)
        throw new FieldworkError("rate_limited", `${waiting} searches of conversations wait already.`, {
          details: { retry_after_ms: 1000 },
        });
      waiting++;
      const turn = last.then(async () => {
        signal.throwIfAborted();
        const answer = await ask(question);
        if ("problem" in answer)
          throw new FieldworkError("storage_failed", `Conversations cannot be searched: ${answer.problem}`);
        return answer;
      });
      last = turn.catch(() => undefined).finally(() => void waiting--);
      return turn;
    },
    close: end,
  };
}
