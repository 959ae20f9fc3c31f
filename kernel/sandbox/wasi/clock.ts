import { clockId } from "./abi.ts";
import { errno, fail } from "./errno.ts";
import type { Host, WasiFunctions } from "./host.ts";

export interface Clocks {
  /** Nanoseconds since 1970. */
  now(): bigint;
  /** Nanoseconds since any moment; never goes back. */
  monotonic(): bigint;
}

const resolutionNs = 1_000_000n;

/** Nanoseconds on a clock; EINVAL for the clocks of processor time, which would tell what other guests are doing. */
export function readClock(clocks: Clocks, id: number): bigint {
  if (id === clockId.realtime) return clocks.now();
  if (id === clockId.monotonic) return clocks.monotonic();
  return fail(errno.invalid);
}

/** `clock_time_get`, and `clock_res_get`, which answers a millisecond: how coarse the clocks really are is the caller's. */
export function clockFunctions({ memory }: Host, clocks: Clocks): WasiFunctions {
  return {
    immediate: {
      clock_res_get(id: number, result: number) {
        readClock(clocks, id);
        memory.writeU64(result, resolutionNs);
        return errno.success;
      },
      clock_time_get(id: number, _precision: bigint, result: number) {
        memory.writeU64(result, readClock(clocks, id));
        return errno.success;
      },
    },
  };
}
