import type { CapabilityInput, CapabilityName, CapabilityOutput } from "#contract";
import { request } from "./request.ts";

/** Asks the one counter, as the owner. @throws ProblemError */
export const call = <N extends CapabilityName>(
  cap: N,
  args: CapabilityInput<N>,
  signal?: AbortSignal,
): Promise<CapabilityOutput<N>> => request("POST", "/api/call", { cap, args }, signal);
