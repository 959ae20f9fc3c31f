import { args, type Call } from "./call.ts";

/** Something to remember. */
export interface NewMemory {
  readonly content: string;
  readonly wing?: string;
  readonly room?: string;
  readonly kind?: string;
  readonly importance?: number;
  /** ISO 8601. */
  readonly valid_from?: string;
  readonly source?: string;
  /** Turns of the same session and speaker are kept as neighbours. */
  readonly session?: string;
  readonly speaker?: string;
}

/** A memory that was found. */
export interface MemoryHit {
  readonly id: string;
  readonly content: string;
  readonly wing: string | null;
  readonly room: string | null;
  readonly kind: string;
  /** Absolute, 0 to 1; more is better. */
  readonly score: number;
  readonly why: readonly string[];
  readonly tainted: boolean;
}

/** How to narrow a search: `k` hits (5, at most 50), of a wing, of a kind, as known at a time. */
export interface MemoryQuery {
  readonly k?: number;
  readonly wing?: string;
  readonly kind?: string;
  readonly as_of?: string;
}

/** The agent's memory. */
export interface Brain {
  /** The same content twice is remembered once: `added` is false then. */
  add(memory: NewMemory): Promise<{ readonly id: string; readonly added: boolean }>;
  /** The best first. */
  search(query: string, options?: MemoryQuery): Promise<readonly MemoryHit[]>;
}

export function createBrain(call: Call): Brain {
  return {
    add: (memory) => call("store.brain.add", args(memory)),
    async search(query, options = {}) {
      return (await call<{ hits: MemoryHit[] }>("store.brain.search", args({ query, ...options }))).hits;
    },
  };
}
