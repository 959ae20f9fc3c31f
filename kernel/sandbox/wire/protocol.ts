/** Frame types. Ids: of an invocation, of a guest's call, or of a request, each counted by the side that begins it. */
export const FRAME = {
  /** Kernel → sandbox. */
  engine: 1,
  load: 2,
  invoke: 3,
  reply: 4,
  cancel: 5,
  unload: 6,
  prepareWasm: 7,
  prepareProgram: 8,
  /** Sandbox → kernel. */
  ready: 32,
  loaded: 33,
  call: 34,
  log: 35,
  done: 36,
  stats: 37,
  prepared: 38,
  failed: 39,
  /** To an `invoke`: the program was dropped before it came, and nothing ran. */
  dropped: 40,
} as const;

/** The stream of all frames that belong to no invocation; the others go by the invocation's id. */
export const CONTROL = 0;

/** `invoke`, as JSON, followed by nothing. */
export interface InvokeHead {
  readonly program: string;
  readonly kind: "wasm" | "js";
  readonly module: string;
  readonly function: string;
  readonly args: string;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: InvokeLimits;
  /** Environment of a Flowork guest: preopened folders beside `/workspace`. */
  readonly preopens: readonly string[];
}

export interface InvokeLimits {
  readonly memoryBytes: number;
  /** Milliseconds that may be spent, waiting for a person not counted; 0: no limit (a daemon). */
  readonly timeoutMs: number;
  /** Fuel units for the whole call; 0: no limit (a daemon is sliced and accounted, not stopped). */
  readonly fuel: number;
  readonly calls: number;
  readonly outputBytes: number;
  readonly logBytes: number;
}

export type Outcome =
  | { readonly state: "replied"; readonly exit: number }
  | {
      readonly state: "failed";
      readonly code: FailureCode;
      readonly message: string;
      readonly details?: string;
    };

export type FailureCode =
  | "fuel_exhausted"
  | "memory_exhausted"
  | "module_crashed"
  | "module_invalid"
  | "timeout"
  | "too_large"
  | "cancelled"
  | "rate_limited"
  | "not_found";

/** `done`: `u32 length of this as JSON`, then the reply's text. */
export interface DoneHead {
  readonly outcome: Outcome;
  readonly usage: Usage;
}

/** What an invocation used. */
export interface Usage {
  readonly cpuMs: number;
  readonly fuel: number;
  readonly memoryBytes: number;
  readonly calls: number;
  readonly localCalls: number;
  readonly wallMs: number;
}

export interface StatsFrame {
  readonly rssBytes: number;
  readonly instances: number;
  readonly instanceBytes: number;
  readonly programs: number;
  readonly programBytes: number;
}

export const WIRE_FD = 3;
export const CALL_MAX_BYTES = 8 * 1024 * 1024;
