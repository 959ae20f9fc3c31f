import type { Caller, LiveEvent, Reply } from "#contract";

/** All that the gateway's HTTP knows of the kernel. */
export interface GatewayKernel {
  /** Never throws: what goes wrong is in the reply. */
  call(
    caller: Caller,
    cap: string,
    args: unknown,
    options?: { readonly signal?: AbortSignal; readonly trace?: string },
  ): Promise<Reply>;
  readonly events: {
    /** Tells what happens now; gives how to stop listening. */
    live(listener: (event: LiveEvent) => void): () => void;
  };
}
