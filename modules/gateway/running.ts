import { setTimeout as sleep } from "node:timers/promises";
import { FieldworkError } from "#contract";

const RUNNING_MAX = 1000;
const CLOSE_MAX_MS = 1000;

/** One completion under way. */
export interface Completion {
  /** Aborted when it is stopped, when its caller leaves, and when its time is over. */
  readonly signal: AbortSignal;
  /** Was it told to end with what was said so far? */
  stopped(): boolean;
  end(): void;
}

/** The completions under way, so that they can be stopped. */
export interface Running {
  /** @throws FieldworkError `rate_limited` when too many run. */
  begin(agent: string, streamTo: string | undefined, caller: AbortSignal, total_ms: number): Completion;
  /** Gives how many there were. */
  stop(agent: string, streamTo: string): number;
  /** Ends all, and waits a moment until what they used is written down. */
  close(): Promise<void>;
}

export function createRunning(): Running {
  const all = new Set<{
    readonly agent: string;
    readonly streamTo: string | undefined;
    readonly abort: AbortController;
    stopped: boolean;
  }>();
  return {
    begin(agent, streamTo, caller, total_ms) {
      if (all.size >= RUNNING_MAX)
        throw new FieldworkError("rate_limited", `${all.size} completions are under way already.`, {
          details: { retry_after_ms: 1000 },
        });
      const one = { agent, streamTo, abort: new AbortController(), stopped: false };
      const leave = () =>
        one.abort.abort(new FieldworkError("cancelled", "The caller no longer waits for the model."));
      const late = setTimeout(
        () =>
          one.abort.abort(
            new FieldworkError("timeout", `The model was not done after ${Math.round(total_ms / 1000)} s.`, {
              remedy: "Ask for less at once, set `max_tokens`, or raise `gateway.total_ms`.",
            }),
          ),
        total_ms,
      );
      if (caller.aborted) leave();
      else caller.addEventListener("abort", leave, { once: true });
      all.add(one);
      return {
        signal: one.abort.signal,
        stopped: () => one.stopped,
        end() {
          all.delete(one);
          clearTimeout(late);
          caller.removeEventListener("abort", leave);
        },
      };
    },
    stop(agent, streamTo) {
      let stopped = 0;
      for (const one of all) {
        if (one.agent !== agent || one.streamTo !== streamTo) continue;
        one.stopped = true;
        one.abort.abort(new FieldworkError("cancelled", "The completion was stopped."));
        stopped++;
      }
      return stopped;
    },
    async close() {
      for (const { abort } of all) abort.abort(new FieldworkError("unavailable", "The system is stopping."));
      for (let waited = 0; all.size > 0 && waited < CLOSE_MAX_MS; waited += 10) await sleep(10);
    },
  };
}
