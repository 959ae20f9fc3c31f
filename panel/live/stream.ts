import { problemOf, send } from "../client/index.ts";
import { createFrameReader } from "./frames.ts";

const PAUSE_MS = { first: 250, most: 5000 };
/** The server says something every 15 s; twice that without a word is a dead connection. */
const SILENCE_MS = 35_000;

export interface StreamOptions {
  /** The sequence number of the last event that was seen; -1: begin with what comes now. */
  last(): number;
  onFrame(data: string): void;
  onState(state: "open" | "lost" | "signed_out"): void;
  readonly signal: AbortSignal;
}

/** Reads `/api/events` until it is aborted: connects again by itself, and goes on after the last event that was seen. */
export async function readStream({ last, onFrame, onState, signal }: StreamOptions): Promise<void> {
  let pause = PAUSE_MS.first;
  while (!signal.aborted) {
    const attempt = new AbortController();
    const end = () => attempt.abort();
    signal.addEventListener("abort", end, { once: true });
    let silence = setTimeout(end, SILENCE_MS);
    let ended = false;
    try {
      const after = last();
      const response = await send("/api/events", {
        signal: attempt.signal,
        headers: after < 0 ? {} : { "last-event-id": String(after) },
      });
      onState("open");
      pause = PAUSE_MS.first;
      const take = createFrameReader();
      const decoder = new TextDecoder();
      for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
        clearTimeout(silence);
        silence = setTimeout(end, SILENCE_MS);
        for (const { data } of take(decoder.decode(piece, { stream: true }))) onFrame(data);
      }
      ended = true;
    } catch (thrown) {
      if (problemOf(thrown).code === "unauthenticated") return onState("signed_out");
    } finally {
      clearTimeout(silence);
      signal.removeEventListener("abort", end);
      attempt.abort();
    }
    if (signal.aborted) return;
    // In order: the server is there, and wants it opened anew.
    if (!ended) onState("lost");
    await wait(pause, signal);
    pause = Math.min(pause * 2, PAUSE_MS.most);
  }
}

/** Until the time is over, the network is back, or somebody looks at the page again. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      document.removeEventListener("visibilitychange", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
    document.addEventListener("visibilitychange", done);
    signal.addEventListener("abort", done);
  });
}
