import { Worker } from "node:worker_threads";
import { type Event, FieldworkError, type JsonObject, type TraceSpan } from "#contract";
import type { JournalQuery, Page } from "./query.ts";

export type Question =
  | { readonly what: "page"; readonly query: JournalQuery }
  | { readonly what: "trace"; readonly trace: string; readonly limit: number };

export interface TraceReading {
  readonly spans: TraceSpan[];
  readonly events: number;
  readonly truncated: boolean;
}

/** Looks things up in `journal.db` on a thread of its own, so that however many rows there are, nobody else waits. */
export interface JournalReader {
  /** Oldest first; `more`: there are others beyond, in the direction of the question. */
  page(query: JournalQuery): Promise<Omit<Page, "rows"> & { readonly events: Event[] }>;
  trace(trace: string): Promise<TraceReading>;
  close(): void;
}

const IDLE_MS = 30_000;
const ANSWER_MS = 60_000;
const WAITING_MAX = 64;
const TRACE_EVENTS_MAX = 20_000;

interface Waiter {
  resolve(result: never): void;
  reject(error: Error): void;
}

export function createJournalReader(path: string): JournalReader {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  const waiting = new Map<number, Waiter>();

  const end = (error: Error) => {
    const ended = worker;
    worker = undefined;
    clearTimeout(idle);
    for (const one of waiting.values()) one.reject(error);
    waiting.clear();
    void ended?.terminate();
  };
  const start = (): Worker => {
    const made = new Worker(new URL("./reader.worker.ts", import.meta.url), { workerData: { path } });
    made.unref();
    made.on("message", ({ id, result, problem }: { id: number; result?: never; problem?: string }) => {
      const one = waiting.get(id);
      waiting.delete(id);
      if (problem === undefined) one?.resolve(result as never);
      else one?.reject(new FieldworkError("storage_failed", `The journal cannot be read: ${problem}`));
      clearTimeout(idle);
      if (waiting.size === 0) idle = setTimeout(() => end(new Error("idle")), IDLE_MS).unref();
    });
    made.once("error", (error: Error) => {
      if (worker === made) end(error);
    });
    return made;
  };
  const ask = async <T>(question: Question): Promise<T> => {
    if (waiting.size >= WAITING_MAX)
      throw new FieldworkError("rate_limited", `${waiting.size} questions to the journal wait already.`, {
        details: { retry_after_ms: 1000 },
      });
    clearTimeout(idle);
    worker ??= start();
    const id = nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    waiting.set(id, { resolve: resolve as Waiter["resolve"], reject });
    const late = setTimeout(
      () =>
        end(
          new FieldworkError(
            "timeout",
            `The journal was searched for ${ANSWER_MS / 1000} s without an end.`,
            {
              remedy: "Narrow it down: by an agent, a session, a kind or a time.",
            },
          ),
        ),
      ANSWER_MS,
    ).unref();
    worker.postMessage({ id, question });
    return promise.finally(() => clearTimeout(late));
  };

  return {
    async page(query) {
      const { rows, ...place } = await ask<Page>({ what: "page", query });
      const events = rows.map(
        (row) => ({ ...row, data: JSON.parse(String(row.data)) as JsonObject }) as unknown as Event,
      );
      return { events, ...place };
    },
    trace: (trace) => ask<TraceReading>({ what: "trace", trace, limit: TRACE_EVENTS_MAX }),
    close: () => end(new FieldworkError("unavailable", "The journal is closed; the system is stopping.")),
  };
}
