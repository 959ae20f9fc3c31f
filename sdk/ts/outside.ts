import { args, type Call } from "./call.ts";
import type { Encoding } from "./fs.ts";

export interface FetchOptions {
  readonly method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly body_encoding?: Encoding;
  readonly response_encoding?: Encoding;
  readonly timeout_ms?: number;
  readonly max_bytes?: number;
}

export interface FetchResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeout_ms?: number;
  readonly max_bytes?: number;
}

export interface RunResult {
  /** Exit code; null when it was ended by a signal. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly sandboxed: boolean;
}

/** The network, for the URLs that the owner granted. */
export interface Http {
  fetch(url: string, options?: FetchOptions): Promise<FetchResult>;
}

/** Programs of the machine, those that the owner granted; without a shell. */
export interface Exec {
  run(program: string, args?: readonly string[], options?: RunOptions): Promise<RunResult>;
}

/** Secrets by handle: their value is filled in at the host boundary and never seen here. */
export interface Secret {
  /** What to put into a header or an environment value instead of the secret. */
  use(name: string): Promise<string>;
}

export const createHttp = (call: Call): Http => ({
  fetch: (url, options = {}) => call("http.fetch", args({ url, ...options })),
});

export const createExec = (call: Call): Exec => ({
  run: (program, list = [], options = {}) => call("exec.run", args({ program, args: list, ...options })),
});

export const createSecret = (call: Call): Secret => ({
  async use(name) {
    return (await call<{ handle: string }>("secret.use", { name })).handle;
  },
});
