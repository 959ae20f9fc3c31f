import type { InvokeHead, Outcome, Usage } from "../wire/index.ts";
import { type Allowance, createAllowance, type Stop } from "./allowance.ts";
import { createLocalAnswers } from "./local.ts";
import { createLogLines, type LogLines } from "./log-lines.ts";
import type { MemoryPool } from "./memory-pool.ts";
import type { KernelPort } from "./port.ts";
import type { Scheduler } from "./scheduler.ts";

/** Thrown into a guest that is to end, where it waits. */
export class StopError extends Error {
  readonly stop: Stop;
  constructor(stop: Stop) {
    super(stop.message);
    this.stop = stop;
  }
}

/** One call of one function of one guest, and all that it may still use. */
export interface Invocation {
  readonly allowance: Allowance;
  readonly log: LogLines;
  readonly port: KernelPort;
  answerHere(json: string): string | undefined;
  sleep(ms: number): Promise<void>;
  /** @throws StopError when the guest is to end. */
  check(): void;
  stop(reason: Stop): void;
  usage(): Usage;
}

const LOCAL_CALLS_MAX = 50_000_000;
const SLEEP_MAX_MS = 2_147_000_000;
const MEMORY_FULL: Stop = {
  code: "memory_exhausted",
  message: "The modules of this sandbox process held all the memory it may have, and this one held the most.",
};

export function createInvocation(
  head: InvokeHead,
  scheduler: Scheduler,
  memoryPool: MemoryPool,
  forward: (json: string) => Promise<string>,
  sendLog: (line: string) => void,
): Invocation {
  const begun = performance.now();
  const share = memoryPool.enter(head.module, () => stop(MEMORY_FULL));
  const allowance = createAllowance(head.limits, scheduler.turn, share);
  const log = createLogLines(head.limits.logBytes, sendLog);
  const local = createLocalAnswers(log.line);
  const interrupts = new Set<(error: StopError) => void>();
  let calls = 0;

  const check = () => {
    const stop = allowance.stopped();
    if (stop) throw new StopError(stop);
  };
  const stop = (reason: Stop) => {
    allowance.stop(reason);
    const error = new StopError(allowance.stopped() ?? reason);
    for (const interrupt of [...interrupts]) interrupt(error);
    interrupts.clear();
  };
  /** The promise, or the order to stop, whichever comes first. */
  const interruptible = <T>(
    begin: (resolve: (value: T) => void, reject: (error: Error) => void) => (() => void) | undefined,
  ): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let undo: (() => void) | undefined;
      const interrupt = (error: StopError) => {
        undo?.();
        reject(error);
      };
      const settle =
        <V>(then: (value: V) => void) =>
        (value: V) => {
          interrupts.delete(interrupt);
          then(value);
        };
      interrupts.add(interrupt);
      undo = begin(settle(resolve), settle(reject));
    });

  return {
    allowance,
    log,
    check,
    stop,
    port: {
      request(json) {
        check();
        if (++calls > head.limits.calls) {
          const message = `The call asked the counter more than ${head.limits.calls} times.`;
          return Promise.resolve(
            JSON.stringify({
              ok: false,
              error: { code: "rate_limited", message, remedy: "Do the work in several calls." },
            }),
          );
        }
        return interruptible((resolve, reject) => void forward(json).then(resolve, reject));
      },
    },
    answerHere: (json) => (local.count() < LOCAL_CALLS_MAX ? local.answer(json) : undefined),
    sleep: (ms) =>
      interruptible<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(ms, SLEEP_MAX_MS));
        return () => clearTimeout(timer);
      }),
    usage: () => ({
      ...allowance.usage(),
      calls,
      localCalls: local.count(),
      wallMs: performance.now() - begun,
    }),
  };
}

/** What became of a guest that threw. */
export function outcomeOf(error: unknown, invocation: Invocation): Outcome {
  const stop = invocation.allowance.stopped() ?? (error instanceof StopError ? error.stop : undefined);
  if (stop) return { state: "failed", code: stop.code, message: stop.message };
  const details = invocation.log.tail();
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /call stack/i.test(message)) {
    return {
      state: "failed",
      code: "module_crashed",
      message: "The module's recursion is too deep: its stack overflowed.",
      details,
    };
  }
  const place = error instanceof WebAssembly.RuntimeError ? placeOf(error) : "";
  return {
    state: "failed",
    code: "module_crashed",
    message: `The module crashed: ${message}${place}`,
    details,
  };
}

/** The innermost named function of the trap, when the module carries names. */
function placeOf(error: Error): string {
  const frame = /at ([^\s(]+) \(wasm:/.exec(error.stack ?? "");
  return frame ? ` in ${frame[1]}` : "";
}
