import { args, type Call } from "./call.ts";
import type { CallReply } from "./error.ts";
import type { JsonObject } from "./json.ts";

export interface ModuleSummary {
  readonly id: string;
  readonly kind: string;
  readonly display_name: string;
  readonly description: string;
  readonly functions: readonly { readonly name: string; readonly description: string }[];
}

/** What there is. */
export interface Registry {
  list(kind?: string): Promise<readonly ModuleSummary[]>;
  /** Capability → the module that provides it. */
  providers(): Promise<Readonly<Record<string, string>>>;
}

export const createRegistry = (call: Call): Registry => ({
  async list(kind) {
    return (await call<{ modules: ModuleSummary[] }>("registry.list", kind === undefined ? {} : { kind }))
      .modules;
  },
  async providers() {
    return (await call<{ providers: Record<string, string> }>("registry.providers")).providers;
  },
});

/** The kernel's clock. */
export interface Time {
  /** Milliseconds since 1970. */
  now(): Promise<number>;
}

export const createTime = (call: Call): Time => ({
  async now() {
    return (await call<{ ms: number }>("time.now")).ms;
  },
});

/** Randomness fit for keys. */
export interface Random {
  /** 1 to 65,536 bytes. */
  bytes(length: number): Promise<Uint8Array>;
}

export const createRandom = (call: Call): Random => ({
  async bytes(length) {
    const { base64 } = await call<{ base64: string }>("random.bytes", { length });
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  },
});

/** Writes a line to the agent's log. */
export type Log = (text: string, level?: "debug" | "info" | "warn" | "error") => Promise<void>;

export const createLog =
  (call: Call): Log =>
  async (text, level = "info") => {
    await call("log", { text, level });
  };

export interface BatchCall {
  readonly cap: string;
  readonly args?: JsonObject;
}

/** Several calls in one, 64 at most, each with its own checks; the replies in order. */
export type Batch = (calls: readonly BatchCall[]) => Promise<readonly CallReply[]>;

export const createBatch =
  (call: Call): Batch =>
  async (calls) =>
    (await call<{ results: CallReply[] }>("batch", args({ calls }))).results;
