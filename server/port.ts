import type { Caller, Event, LiveEvent, Reply } from "#contract";

/** What the journal narrows down by its indexes. */
export interface EventFilter {
  /** A kind, or a family such as `turn.*`. */
  readonly kind?: string;
  readonly trace?: string;
}

/** The journal as the server reads it. */
export interface EventSource {
  /** At most `limit` events with `seq > after` that match, oldest first. */
  read(after: number, limit: number, filter: EventFilter): readonly Event[];
  /** The last sequence number given out; its event may not be readable yet. */
  lastSeq(): number;
  /** The listener is told that there is more to read, not what. Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
  /** The listener is told what happens now and is not kept, such as the words of an answer. Returns how to stop listening. */
  live(listener: (event: LiveEvent) => void): () => void;
}

/** All that the server knows of the kernel. */
export interface KernelPort {
  /** Never throws: what goes wrong is in the reply. */
  call(
    caller: Caller,
    cap: string,
    args: unknown,
    options?: { readonly signal?: AbortSignal; readonly trace?: string },
  ): Promise<Reply>;
  /** Whether a caller may ask for a capability at all: an empty result, or the denial, which is written down. */
  permits(caller: Caller, cap: string): Reply;
  readonly events: EventSource;
  ready(): {
    readonly ready: boolean;
    readonly problems: readonly string[];
    readonly degraded?: readonly { readonly part: string; readonly what: string }[];
  };
  /** Prometheus text exposition format, version 0.0.4. */
  metrics(): string;
}
