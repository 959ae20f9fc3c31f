import { Worker } from "node:worker_threads";
import { FieldworkError } from "#contract";
import type { Answer, Ask, Found, Question } from "./protocol.ts";
import type { Search } from "./search.ts";
import type { QueryVector } from "./vectors.ts";

const IDLE_MS = 60_000;
const WAITING_MOST = 1000;

/** Searches on a thread of its own, begun with the first one and ended when idle, so that the server's event loop never waits. */
export interface Recall {
  search(path: string, search: Search, vector?: QueryVector): Promise<readonly Found[]>;
  /** Writes a database file anew if a piece of text is anywhere in it. @returns whether it did */
  cleanse(path: string, traces: readonly string[]): Promise<boolean>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

export function createRecall(): Recall {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;
  const waiting = new Map<number, Waiting>();

  const failAll = (reason: string) => {
    for (const { reject } of waiting.values()) reject(new FieldworkError("unavailable", reason));
    waiting.clear();
  };
  const start = (): Worker => {
    const made = new Worker(new URL("./worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 8 },
    });
    made.unref();
    made.on("message", (answer: Answer) => {
      const one = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (answer.ok) one?.resolve(answer.result as never);
      else one?.reject(new FieldworkError("internal", `The search failed: ${answer.message}`));
      if (waiting.size === 0) made.unref();
    });
    const ended = (reason: string) => {
      if (worker !== made) return;
      worker = undefined;
      failAll(`The search thread has ended: ${reason}`);
    };
    made.on("error", (error) => ended(String(error)));
    made.on("exit", (code) => ended(`code ${code}`));
    return made;
  };

  const ask = <T>(path: string, what: Ask): Promise<T> => {
    if (waiting.size >= WAITING_MOST)
      return Promise.reject(
        new FieldworkError("rate_limited", "Too many searches are waiting.", {
          details: { retry_after_ms: 500 },
        }),
      );
    worker ??= start();
    worker.ref();
    clearTimeout(idle);
    idle = setTimeout(() => void end(), IDLE_MS).unref();
    const id = ++last;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      worker?.postMessage({ id, path, ask: what } satisfies Question);
    });
  };

  const end = async () => {
    if (waiting.size > 0) return;
    const last = worker;
    worker = undefined;
    await last?.terminate();
  };

  return {
    search: (path, search, vector) => ask(path, { kind: "search", search, vector }),
    cleanse: (path, traces) => ask(path, { kind: "cleanse", traces }),
    async close() {
      clearTimeout(idle);
      const last = worker;
      worker = undefined;
      failAll("The system stops.");
      await last?.terminate();
    },
  };
}
