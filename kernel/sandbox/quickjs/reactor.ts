import type { Box } from "./abi.ts";
import { GuestError, outOfMemory, ProgramError } from "./errors.ts";
import { ENTRY } from "./guest/protocol.ts";
import type { JsHost } from "./host.ts";
import { LIMITS } from "./limits.ts";
import type { Machine } from "./machine.ts";
import type { Events } from "./natives.ts";
import type { Rejections } from "./rejections.ts";
import { DEADLOCK, type Failure, failureReply, isOutOfMemory, trapError } from "./replies.ts";

/** A value that the guest threw, as its glue describes it. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/**
 * The guest's event loop, on the host's side. Everything that happens to the guest (a call, a reply, a timer)
 * enters it one at a time, followed by the guest's pending jobs: an entry that is suspended for want of fuel is
 * never overtaken by another into the same instance.
 */
export interface Reactor {
  readonly events: Events;
  /** Must be known before the first `call`: the glue's `enter` function. */
  attach(enter: Box): void;
  /** Runs work that enters the guest, in turn with everything else. A trap ends the guest. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  /** Inside `exclusive`: enters the glue; the result is the text that it returns, if any. */
  enter(kind: number, id: number, ...args: readonly Box[]): Promise<string | undefined>;
  /** Inside `exclusive`: runs the guest's pending jobs. */
  drain(): Promise<void>;
  /** Inside `exclusive`: describes a thrown value and frees it. */
  describe(thrown: Box): Promise<Thrown>;
  /** Resolves when `done`, or when nothing is left that could still change the guest. */
  until(done: () => boolean): Promise<void>;
  /** Requests and timers that will come back. */
  waiting(): number;
  /** Runs a handler: the reply's JSON text. Rejects with GuestError when the guest as a whole is lost. */
  call(fn: string, argsJson: string): Promise<string>;
  /** Ends the guest: calls fail, timers are cancelled, late replies are dropped. */
  close(reason: GuestError): void;
}

interface Call {
  resolve(reply: string): void;
  reject(error: GuestError): void;
}

export function createReactor(machine: () => Machine, rejections: Rejections, host: JsHost): Reactor {
  const calls = new Map<number, Call>();
  const timers = new Map<number, AbortController>();
  /** Replies of calls that ended in the entry under way: given out when it is over, so that logs come before. */
  let replies: (() => void)[] = [];
  let waiters: { readonly done: () => boolean; wake(): void }[] = [];
  let enterFunction: Box = 0;
  let tail: Promise<unknown> = Promise.resolve();
  let entries = 0;
  let requests = 0;
  let nextCall = 0;
  let lines = 0;
  let ended: GuestError | undefined;
  /** A job or delivery that failed: the likely reason, should a handler never settle. */
  let lost: Failure | undefined;

  const giveReplies = (): void => {
    const ready = replies;
    replies = [];
    for (const give of ready) give();
  };

  const close = (reason: GuestError): void => {
    if (ended) return;
    ended = reason;
    giveReplies();
    for (const call of calls.values()) call.reject(reason);
    calls.clear();
    for (const timer of timers.values()) timer.abort();
    timers.clear();
  };

  const waiting = (): number => (ended ? 0 : requests + timers.size);

  const rest = (): void => {
    if (entries > 0) return;
    const stuck = waiting() === 0;
    const ready = waiters.filter(({ done }) => stuck || done());
    waiters = waiters.filter((waiter) => !ready.includes(waiter));
    for (const { wake } of ready) wake();
    if (!stuck) return;
    for (const [id, call] of calls) {
      calls.delete(id);
      call.resolve(failureReply(lost ?? DEADLOCK));
    }
    lost = undefined;
  };

  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    entries += 1;
    const run = tail.then(async () => {
      try {
        if (ended) throw ended;
        host.entered?.();
        return await work();
      } catch (error) {
        if (error instanceof ProgramError) throw error;
        if (error instanceof GuestError && error.code === "memory_exhausted") {
          lost = error;
          throw error;
        }
        const trap = trapError(error, machine().fuel.value);
        close(trap);
        throw trap;
      } finally {
        host.left?.();
        entries -= 1;
        giveReplies();
        rest();
      }
    });
    tail = run.catch(() => undefined);
    return run;
  };

  const thrownBox = (): Box => machine().unyielding(() => machine().exports.qjs_get_exception());

  const enterRaw = async (kind: number, id: number, args: readonly Box[]): Promise<Box> => {
    const m = machine();
    const numbers = m.unyielding(() => [m.exports.qjs_new_number(kind), m.exports.qjs_new_number(id)]);
    if (numbers.includes(0)) throw outOfMemory();
    return m.call(enterFunction, ...numbers, ...args);
  };

  const isException = (box: Box): boolean =>
    machine().unyielding(() => machine().exports.qjs_is_exception(box)) !== 0;

  const describe = async (thrown: Box): Promise<Thrown> => {
    const box = await enterRaw(ENTRY.describe, 0, [thrown]);
    if (isException(box)) {
      machine().free(box);
      machine().free(thrownBox());
      throw outOfMemory();
    }
    const text = machine().read(box) ?? "{}";
    machine().free(box);
    return JSON.parse(text) as Thrown;
  };

  const failureOf = async (thrown: Box): Promise<Failure> => {
    const { name, message } = await describe(thrown);
    if (isOutOfMemory(name, message)) return outOfMemory();
    return { code: "module_crashed", message: `${name}: ${message}`, remedy: DEADLOCK.remedy };
  };

  const enter = async (kind: number, id: number, ...args: readonly Box[]): Promise<string | undefined> => {
    const box = await enterRaw(kind, id, args);
    const failed = isException(box);
    const text = failed ? undefined : machine().read(box);
    machine().free(box);
    if (!failed) return text;
    lost = await failureOf(thrownBox());
    return undefined;
  };

  const log = (line: string): void => {
    lines += 1;
    if (lines > LIMITS.lines) return;
    const cut = line.length > LIMITS.line_length ? `${line.slice(0, LIMITS.line_length)}…` : line;
    host.log(lines === LIMITS.lines ? "(further lines of this call are dropped)" : cut);
  };

  const drain = async (): Promise<void> => {
    const m = machine();
    for (;;) {
      while (m.unyielding(() => m.exports.qjs_is_job_pending()) !== 0) {
        if ((await m.entries.job()) < 0) lost = await failureOf(thrownBox());
      }
      const reasons = rejections.take();
      if (reasons.length === 0) return;
      for (const reason of reasons) {
        const { name, message, stack } = await describe(reason);
        log(`Unhandled rejection: ${name}: ${message}\n${stack}`.trimEnd());
      }
    }
  };

  const deliver = (kind: number, id: number, ...texts: readonly string[]): Promise<void> =>
    exclusive(async () => {
      const boxes = texts.map((text) => machine().text(text));
      await enter(kind, id, ...boxes);
      await drain();
    });

  /** Failures of a delivery are known to `exclusive` already. */
  const post = (kind: number, id: number, ...texts: readonly string[]): void => {
    deliver(kind, id, ...texts).catch(() => undefined);
  };

  const events: Events = {
    request(id, json) {
      if (ended) return ended.message;
      if (requests >= LIMITS.requests) {
        return `more than ${LIMITS.requests} capability calls are under way at once`;
      }
      if (json.length > LIMITS.request_length) {
        return `the arguments of one capability call are longer than ${LIMITS.request_length} characters`;
      }
      requests += 1;
      host
        .request(json)
        .catch((error: unknown) =>
          failureReply({
            code: "internal",
            message: error instanceof Error ? error.message : String(error),
            remedy: "This is a fault of the system, not of the agent: look into the server's log.",
          }),
        )
        .then((reply) => {
          requests -= 1;
          if (!ended) post(ENTRY.reply, id, reply);
        });
      return undefined;
    },
    settle(id, reply) {
      const call = calls.get(id);
      calls.delete(id);
      if (call) replies.push(() => call.resolve(reply));
    },
    log,
    sleep(id, milliseconds) {
      if (ended) return ended.message;
      if (timers.size >= LIMITS.timers) return `more than ${LIMITS.timers} timers are waiting at once`;
      const wait = Math.min(Math.max(0, milliseconds || 0), LIMITS.timer_ms);
      const cancelled = new AbortController();
      timers.set(id, cancelled);
      const wake = () => {
        if (timers.get(id) !== cancelled) return;
        timers.delete(id);
        post(ENTRY.timer, id);
      };
      host.sleep(wait, cancelled.signal).then(wake, wake);
      return undefined;
    },
    cancel(id) {
      const timer = timers.get(id);
      timers.delete(id);
      timer?.abort();
    },
  };

  return {
    events,
    attach(enterBox) {
      enterFunction = enterBox;
    },
    exclusive,
    enter,
    drain,
    describe,
    close,
    until: (done) =>
      new Promise((wake) => {
        waiters.push({ done, wake });
        rest();
      }),
    waiting,
    call: (fn, argsJson) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        if (calls.size >= LIMITS.calls) {
          return resolve(
            failureReply({
              code: "rate_limited",
              message: `more than ${LIMITS.calls} calls of this agent are in progress at once`,
              remedy: "Wait until some of them have ended.",
            }),
          );
        }
        const id = nextCall++;
        lines = 0;
        calls.set(id, { resolve, reject });
        deliver(ENTRY.call, id, fn, argsJson).catch((error: GuestError) => {
          if (calls.delete(id)) resolve(failureReply(error));
        });
      }),
  };
}
