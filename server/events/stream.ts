import type { ServerResponse } from "node:http";
import type { Limits } from "../limits.ts";
import type { EventFilter, EventSource } from "../port.ts";
import { concerns, concernsLive, type StreamFilter } from "./filter.ts";
import { commentFrame, eventFrame, gapFrame } from "./frame.ts";
import { createLiveQueue } from "./live_queue.ts";

export interface StreamOptions {
  readonly events: EventSource;
  readonly filter: StreamFilter;
  /** Events after this sequence number are sent. */
  readonly after: number;
  readonly outgoing: ServerResponse;
  readonly limits: Pick<Limits, "event_batch" | "event_heartbeat_ms" | "event_slow_ms" | "event_live_chars">;
}

export interface EventStream {
  /** Ends the stream with a comment that says why. */
  end(reason: string): void;
  /** Resolves when the connection is gone. */
  readonly closed: Promise<void>;
}

/**
 * Sends events until the client goes away. The journal is the buffer: the next event is read only when the connection has
 * taken the last one, so that a client costs one batch of memory however far behind it is. Live events wait in a queue with a
 * limit and are lost beyond it.
 */
export function openStream({ events, filter, after, outgoing, limits }: StreamOptions): EventStream {
  let open = true;
  let more = true;
  let wake: (() => void) | undefined;
  const { promise: closed, resolve: gone } = Promise.withResolvers<void>();
  const notify = () => {
    more = true;
    wake?.();
  };
  const live = createLiveQueue(limits.event_live_chars);
  const unsubscribe = events.subscribe(notify);
  const unlisten = events.live((event) => {
    if (!concernsLive(event, filter)) return;
    live.add(event, events.lastSeq());
    wake?.();
  });
  const heartbeat = setInterval(() => {
    if (wake && outgoing.writableLength === 0) outgoing.write(commentFrame("heartbeat"));
  }, limits.event_heartbeat_ms);
  heartbeat.unref();

  const release = () => {
    open = false;
    clearInterval(heartbeat);
    unsubscribe();
    unlisten();
    wake?.();
  };
  outgoing.once("close", () => {
    release();
    gone();
  });

  const end = (reason: string) => {
    if (!open) return;
    release();
    outgoing.end(commentFrame(reason));
    setTimeout(() => outgoing.destroy(), 1000).unref();
  };

  const drained = () =>
    new Promise<boolean>((resolve) => {
      const settle = (fast: boolean) => {
        clearTimeout(timer);
        outgoing.off("drain", drain).off("close", drain);
        resolve(fast);
      };
      const drain = () => settle(true);
      const timer = setTimeout(() => settle(false), limits.event_slow_ms);
      outgoing.once("drain", drain).once("close", drain);
    });

  const { kind, trace } = filter;
  const narrowed: EventFilter = {
    ...(kind === undefined ? {} : { kind }),
    ...(trace === undefined ? {} : { trace }),
  };

  /** Up to where a narrowed read that finds nothing proves that there is nothing; asked before the read. */
  const lastReadable = (cursor: number): number => {
    const last = events.lastSeq();
    return last > cursor && events.read(last - 1, 1, {}).length === 1 ? last : cursor;
  };

  /** False: the client is gone or too slow, and the stream is over. */
  const send = async (text: string): Promise<boolean> => {
    if (text === "" || outgoing.write(text)) return open;
    if (!(await drained())) end("too slow; resume with Last-Event-ID");
    return open;
  };

  /** After what to begin: elsewhere than asked where that is beyond the journal's end, or before what it still holds. */
  const begin = (): number => {
    const last = events.lastSeq();
    if (after === 0 || after >= last) return Math.min(after, last);
    const [next] = events.read(after, 1, {});
    return next === undefined ? after : next.seq - 1;
  };

  const pump = async () => {
    let cursor = begin();
    if (cursor !== after && !(await send(gapFrame(after, cursor)))) return;
    while (open) {
      if (more || live.after > cursor) {
        more = false;
        const seen = lastReadable(cursor);
        const batch = events.read(cursor, limits.event_batch, narrowed);
        for (const event of batch) {
          cursor = event.seq;
          if (!concerns(event, filter)) continue;
          if (!(await send(live.take(event.seq) + eventFrame(event)))) return;
        }
        if (batch.length < limits.event_batch) cursor = Math.max(cursor, seen);
        else more = true;
      }
      if (!more && !(await send(live.take()))) return;
      if (!more && live.empty && open) await new Promise<void>((resolve) => (wake = resolve));
      wake = undefined;
      // Lets all that is appended in one go be read in one go, and other requests run between batches.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  outgoing.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "x-accel-buffering": "no",
    connection: "close",
  });
  outgoing.write(`retry: 2000\n\n${commentFrame("connected")}`);
  pump().catch(() => end("the journal could not be read"));
  return { end, closed };
}
