import { FieldworkError } from "#contract";
import { type EventStream, openStream, type StreamOptions } from "./stream.ts";

/** The event streams that are open, bounded in number. */
export interface EventStreams {
  /** @param login  of the session or token that opens it, which it ends with. Throws `rate_limited` when there are as many as may be. */
  open(options: StreamOptions, login: string): EventStream;
  readonly size: number;
  /** Ends those that these sessions and tokens opened. */
  endOf(logins: readonly string[], reason: string): void;
  endAll(reason: string): void;
}

export function createEventStreams(max_clients: number): EventStreams {
  const all = new Map<EventStream, string>();
  return {
    open(options, login) {
      if (all.size >= max_clients)
        throw new FieldworkError("rate_limited", `${max_clients} event streams are open already`, {
          remedy: "Close a stream that is not needed, then try again.",
          details: { retry_after_ms: 5000 },
        });
      const stream = openStream(options);
      all.set(stream, login);
      void stream.closed.then(() => all.delete(stream));
      return stream;
    },
    get size() {
      return all.size;
    },
    endOf(logins, reason) {
      for (const [stream, login] of all) if (logins.includes(login)) stream.end(reason);
    },
    endAll(reason) {
      for (const stream of all.keys()) stream.end(reason);
    },
  };
}
