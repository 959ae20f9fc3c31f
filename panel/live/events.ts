import type { Event, LiveEvent } from "#contract";
import { setConnection } from "./connection.ts";
import { readStream } from "./stream.ts";

/** An event of the journal, or one that happens now and is not kept (then without `seq`). `live.lost`: some of those were dropped. */
export type Heard = Event | LiveEvent | { readonly kind: "live.lost"; readonly lost: number };
/** Events after those that were seen are not there any more: the journal was put back, or has let go of them. */
type Gap = { readonly kind: "journal.gap"; readonly last_seq: number };
type Listener = (event: Heard) => void;

type Word =
  | { readonly say: "frame"; readonly data: string; readonly seq: number | undefined }
  | { readonly say: "state"; readonly state: "open" | "lost" };

const listeners = new Set<Listener>();
const gaps = new Set<() => void>();

/** Told of every event, in order, each once. */
export function onEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Told when events that are not kept may have been missed: the connection was away. What is shown from them is to be read anew. */
export function onGap(listener: () => void): () => void {
  gaps.add(listener);
  return () => gaps.delete(listener);
}

/**
 * Hears the server for as long as the panel is open. A browser allows six connections to one address, and a stream holds one; so of
 * all tabs one reads the stream, and tells the others. When it closes, the next one takes over where it had got to.
 */
export function startEvents(): () => void {
  const stopped = new AbortController();
  const channel = new BroadcastChannel("fieldwork.events");
  let last = -1;
  let wasLost = false;

  const hear = (data: string) => {
    const event = JSON.parse(data) as Heard | Gap;
    if (isGap(event)) {
      last = event.last_seq;
      for (const told of gaps) told();
      return;
    }
    if ("seq" in event) {
      if (event.seq <= last) return;
      last = event.seq;
    }
    for (const listener of listeners) listener(event);
    return "seq" in event ? event.seq : undefined;
  };
  const setState = (state: "open" | "lost") => {
    setConnection(state);
    if (state === "open" && wasLost) for (const told of gaps) told();
    wasLost = state === "lost";
  };
  channel.onmessage = ({ data: word }: MessageEvent<Word>) => {
    if (word.say === "state") setState(word.state);
    else {
      setConnection("open");
      hear(word.data);
    }
  };

  const lead = () =>
    readStream({
      signal: stopped.signal,
      last: () => last,
      onFrame(data) {
        const seq = hear(data);
        channel.postMessage({ say: "frame", data, seq } satisfies Word);
      },
      onState(state) {
        if (state === "signed_out") return;
        setState(state);
        channel.postMessage({ say: "state", state } satisfies Word);
      },
    });

  if (navigator.locks)
    navigator.locks
      .request("fieldwork.events", { signal: stopped.signal }, () => {
        // Until now another tab read for this one; what it did not pass on in its last moment is read from the journal.
        if (last >= 0) wasLost = true;
        return lead();
      })
      .catch(() => undefined);
  else void lead();
  if (navigator.locks)
    void navigator.locks.query().then(({ held }) => {
      if (held?.some(({ name }) => name === "fieldwork.events")) setConnection("open");
    });

  return () => {
    stopped.abort();
    channel.close();
  };
}

const isGap = (event: Heard | Gap): event is Gap => event.kind === "journal.gap" && "last_seq" in event;
