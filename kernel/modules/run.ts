import {
  type Caller,
  FieldworkError,
  fail,
  type JsonValue,
  type Reply,
  type Source,
  type Span,
} from "#contract";
import { newSpan, newTrace } from "../counter/index.ts";
import type { InvokeLimits, Prepared, Sandbox } from "../sandbox/index.ts";
import { createTurn, type Turn } from "../turns/index.ts";
import type { ModuleEntry } from "./entry.ts";
import { replyOf } from "./entry.ts";
import { holdsTooManyValues, JSON_VALUES_MAX } from "./json-size.ts";

const KERNEL: Source = { kind: "module", id: "kernel" };
const OUTPUT_MAX_BYTES = 16 * 1024 * 1024;
const LOG_MAX_BYTES = 1024 * 1024;
const CALLS_MAX = 1_000_000;
const WASM_PAGE = 65_536;

export interface RunParts {
  readonly sandbox: Sandbox;
  call(
    caller: Caller,
    cap: string,
    args: unknown,
    options: Span & {
      signal: AbortSignal;
      turn: Turn;
      receipt: boolean;
      onBegin?(): void;
      onWaiting(waiting: boolean): void;
    },
  ): Promise<Reply>;
  /** May the same call be made again, when nobody knows how it ended? */
  repeatable(cap: string, args: unknown): boolean;
  limitsOf(entry: ModuleEntry): ModuleLimits;
  environmentOf(entry: ModuleEntry): {
    readonly env: Readonly<Record<string, string>>;
    readonly preopens: readonly string[];
  };
  log(entry: ModuleEntry, line: string): void;
  /** Told of every invocation that ended. */
  ended(entry: ModuleEntry, record: InvocationRecord): void;
}

/** Of one call of a module. */
export interface ModuleLimits {
  readonly memoryBytes: number;
  readonly timeoutMs: number;
  readonly fuel: number;
}

export interface InvocationRecord {
  readonly function: string;
  readonly trace: string;
  readonly span: string;
  readonly parent: string | null;
  readonly ok: boolean;
  readonly code: string | null;
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly fuel: number;
  readonly memoryBytes: number;
  readonly calls: number;
  readonly localCalls: number;
}

export interface RunOptions {
  readonly trace?: string | undefined;
  readonly parent?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  /** No limit on time and fuel: a daemon. */
  readonly endless?: boolean;
  /** The message it handles; without one the call is a turn of its own, with nothing kept. */
  readonly turn?: Turn | undefined;
}

/** Runs one function of a module in the sandbox, its calls through the counter under its own name. */
export type Run = (
  entry: ModuleEntry,
  program: Prepared,
  fn: string,
  args: JsonValue,
  options?: RunOptions,
) => Promise<JsonValue>;

export function createRun(options: RunParts): Run {
  return async (
    entry,
    program,
    fn,
    args,
    {
      trace = newTrace(),
      parent,
      signal,
      timeoutMs,
      endless = false,
      turn = createTurn({ source: KERNEL }),
    } = {},
  ) => {
    const span = newSpan();
    const limits = options.limitsOf(entry);
    const abort = new AbortController();
    const caller: Caller = { id: entry.id, tier: "guest" };
    const clock = createPausingTimer(endless ? 0 : (timeoutMs ?? limits.timeoutMs), (after) => {
      invoked.stop({ code: "timeout", message: `${fn} took longer than ${after} ms.` });
    });

    const onCall = async (request: Buffer): Promise<Uint8Array> => {
      const parsed = readRequest(request);
      if (!parsed.ok) return Buffer.from(JSON.stringify(parsed.reply));
      const { cap, args, receipt } = parsed;
      const step = turn.steps?.step(request);
      if (step?.state === "answered") {
        if (step.tainted) turn.taint();
        for (const text of step.said) turn.trust(text);
        return Buffer.from(step.reply);
      }
      if (step?.state === "unknown" && !options.repeatable(cap, args))
        return Buffer.from(JSON.stringify(unknownOutcome(cap)));
      const place = { trace, span, signal: abort.signal, turn, receipt, onWaiting: clock.pause };
      const reply = await options.call(
        caller,
        cap,
        args,
        step?.state === "new" ? { ...place, onBegin: step.begin } : place,
      );
      const text = JSON.stringify(reply);
      if (step?.state === "new" && !abort.signal.aborted) step.end(text, turn.tainted(), turn.said());
      return Buffer.from(text);
    };
    const full: InvokeLimits = {
      memoryBytes: Math.max(limits.memoryBytes, WASM_PAGE),
      timeoutMs: endless ? 0 : (timeoutMs ?? limits.timeoutMs),
      fuel: endless ? 0 : limits.fuel,
      calls: endless ? Number.MAX_SAFE_INTEGER : CALLS_MAX,
      outputBytes: OUTPUT_MAX_BYTES,
      logBytes: endless ? Number.MAX_SAFE_INTEGER : LOG_MAX_BYTES,
    };
    const invoked = options.sandbox.invoke(
      program,
      {
        module: entry.id,
        function: fn,
        args: JSON.stringify(args),
        limits: full,
        ...options.environmentOf(entry),
      },
      { onCall, onLog: (line) => options.log(entry, line) },
    );
    const cancel = () => invoked.stop({ code: "cancelled", message: `${fn} was stopped.` });
    if (signal?.aborted) cancel();
    else signal?.addEventListener("abort", cancel, { once: true });
    const handle = { stop: invoked.stop, ended: invoked.ended };
    entry.running.add(handle);
    let code: string | null = null;
    let usage = { cpuMs: 0, wallMs: 0, fuel: 0, memoryBytes: 0, calls: 0, localCalls: 0 };
    try {
      const ended = await invoked.ended;
      usage = ended.head.usage;
      return replyOf(entry.id, ended, program.kind);
    } catch (error) {
      code = error instanceof FieldworkError ? error.code : "internal";
      throw error;
    } finally {
      entry.running.delete(handle);
      signal?.removeEventListener("abort", cancel);
      clock.end();
      abort.abort(new FieldworkError("cancelled", "The guest that asked has ended."));
      options.ended(entry, {
        function: fn,
        trace,
        span,
        parent: parent ?? null,
        ok: code === null,
        code,
        ...usage,
      });
    }
  };
}

const unknownOutcome = (cap: string): Reply =>
  fail(
    new FieldworkError(
      "outcome_unknown",
      `${cap} was begun before the system stopped; nobody knows whether it happened.`,
    ),
  );

type Request =
  | { readonly ok: true; readonly cap: string; readonly args: unknown; readonly receipt: boolean }
  | { readonly ok: false; readonly reply: Reply };

function readRequest(bytes: Buffer): Request {
  const refuse = (message: string): Request => ({
    ok: false,
    reply: {
      ok: false,
      error: { code: "invalid_input", message, remedy: 'Send {"cap": "…", "args": {…}} as UTF-8 JSON.' },
    },
  });
  const text = bytes.toString();
  if (holdsTooManyValues(text)) {
    const message = `The request holds more than ${JSON_VALUES_MAX} values.`;
    const remedy = "Send it in several calls, or as one text.";
    return { ok: false, reply: { ok: false, error: { code: "too_large", message, remedy } } };
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return refuse(`The request is not JSON: ${(error as Error).message}`);
  }
  const { cap, args, receipt } = (parsed ?? {}) as { cap?: unknown; args?: unknown; receipt?: unknown };
  if (typeof cap !== "string") return refuse("The request names no capability.");
  return { ok: true, cap, args, receipt: receipt === true };
}

/** A time limit that stands still while somebody else is to be waited for. */
function createPausingTimer(limitMs: number, expire: (limitMs: number) => void) {
  let left = limitMs;
  let since = performance.now();
  let pauses = 0;
  let timer: NodeJS.Timeout | undefined;
  const go = () => {
    if (limitMs === 0) return;
    since = performance.now();
    timer = setTimeout(() => expire(limitMs), Math.max(1, left));
  };
  go();
  return {
    pause(waiting: boolean) {
      pauses += waiting ? 1 : -1;
      if (waiting && pauses === 1) {
        clearTimeout(timer);
        left -= performance.now() - since;
      } else if (!waiting && pauses === 0) go();
    },
    end: () => clearTimeout(timer),
  };
}
