import type { LlmDelta } from "#contract";
import type { GatewayKernel } from "./port.ts";

/** Deltas of completions under way, each to the one that waits for it. */
export interface Deltas {
  /** Listens to one stream until the returned function is called. */
  listen(stream: string, onDelta: (delta: LlmDelta) => void): () => void;
  close(): void;
}

/** One subscription for all, told apart by the stream's name. */
export function createDeltas(kernel: GatewayKernel): Deltas {
  const listeners = new Map<string, (delta: LlmDelta) => void>();
  const unsubscribe = kernel.events.live(({ kind, session, data }) => {
    if (kind === "client.delta") listeners.get(session)?.(data as unknown as LlmDelta);
  });
  return {
    listen(stream, onDelta) {
      listeners.set(stream, onDelta);
      return () => listeners.delete(stream);
    },
    close: unsubscribe,
  };
}
