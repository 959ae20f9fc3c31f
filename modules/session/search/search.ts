import { type Database, FieldworkError, type Host, type SessionFound } from "#contract";
import { createFinder } from "./finder.ts";
import { indexSome, left } from "./said.ts";

/** How long a search waits until what was said before there was an index is in it; it goes on by itself. */
const INDEXING_AWAITED_MS = 10_000;

export interface Asked {
  readonly query: string;
  readonly agents: readonly string[];
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** Finds what was said in conversations. */
export interface Search {
  /** `left`: messages of before, which are not in the index yet. */
  find(asked: Asked): Promise<{ found: SessionFound[]; more: boolean; left: number }>;
  close(): Promise<void>;
}

export function createSearch(host: Host): Search {
  const finder = createFinder();
  const stopped = new AbortController();
  const indexing = new Map<string, Promise<void>>();

  /** A module that is gone has nothing to find. */
  const stateOf = (agent: string): Database | undefined => {
    try {
      return host.stateOf(agent);
    } catch (error) {
      if (error instanceof FieldworkError && error.code === "not_found") return undefined;
      throw error;
    }
  };
  const indexAll = async (agent: string): Promise<void> => {
    for (;;) {
      const state = stopped.signal.aborted ? undefined : stateOf(agent);
      if (!state || !indexSome(state)) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const indexed = (agent: string): Promise<void> =>
    indexing.getOrInsertComputed(agent, () =>
      indexAll(agent)
        .catch((error: Error) =>
          host.log.error(`conversations of ${agent} are not indexed: ${error.message}`),
        )
        .finally(() => indexing.delete(agent)),
    );

  return {
    async find({ query, agents, limit, signal }) {
      const until = performance.now() + INDEXING_AWAITED_MS;
      const places: { agent: string; path: string }[] = [];
      let missing = 0;
      for (const agent of agents) {
        signal.throwIfAborted();
        let state = stateOf(agent);
        if (state && left(state) > 0) {
          await Promise.race([indexed(agent), gone(signal, until)]);
          signal.throwIfAborted();
          state = stateOf(agent);
          if (state) missing += left(state);
        }
        if (state) places.push({ agent, path: state.path });
        await new Promise((resolve) => setImmediate(resolve));
      }
      const { found, more } = await finder.find({ query, places, limit }, signal);
      return { found, more, left: missing };
    },
    async close() {
      stopped.abort();
      await finder.close();
    },
  };
}

/** Resolves when nobody waits any more, or it is too late. */
function gone(signal: AbortSignal, until: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, until - performance.now())).unref();
    signal.addEventListener("abort", done, { once: true });
  });
}
