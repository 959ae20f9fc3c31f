import { FieldworkError } from "#contract";
import { type EventStream, openStream, type StreamOptions } from "./stream.ts";

/** The event streams that are open, bounded in number. */
export interface EventStreams {
  /** Throws `rate_limited` when there are as many as may be. */
  open(options: StreamOptions): EventStream;
  readonly size: number;
  endAll(reason: string): void;
}

export function createEventStreams(max_clients: number): EventStreams {
  const all = new Set<EventStream>();
  return {
    open(options) {
      if (all.size >= max_clients)
        throw new FieldworkError("rate_limited", `${max_clients} event streams are open already`, {
          remedy: "Close a stream that is not needed, then try again.",
          details: { retry_after_ms: 5000 },
        });
      const stream = openStream(options);
      all.add(stream);
      void stream.closed.then(() => all.delete(stream));
      return stream;
    },
    get size() {
      return all.size;
    },
    endAll(reason) {
      for (const stream of all) stream.end(reason);
    },
  };
}
