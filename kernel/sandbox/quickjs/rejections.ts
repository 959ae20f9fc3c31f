import type { Box, Pointer } from "./abi.ts";
import { LIMITS } from "./limits.ts";
import type { Machine } from "./machine.ts";

/** Promises that were rejected while nobody had asked for their outcome. */
export interface Rejections {
  /** `env.host_promise_rejection`: the engine hands over both boxes. */
  track(promise: Box, reason: Box, handled: number): void;
  /** The reasons nobody handled since the last time; the caller owns them. */
  take(): readonly Box[];
}

export function createRejections(machine: () => Machine): Rejections {
  const open = new Map<Pointer, { readonly promise: Box; readonly reason: Box }>();
  return {
    track(promise, reason, handled) {
      const m = machine();
      m.unyielding(() => {
        const identity = m.exports.qjs_get_value_ptr(promise);
        const known = open.get(identity);
        if (handled === 0 && !known && open.size < LIMITS.rejections) {
          open.set(identity, { promise, reason });
          return;
        }
        const dropped = [promise, reason];
        if (handled !== 0 && known) {
          open.delete(identity);
          dropped.push(known.promise, known.reason);
        }
        for (const box of dropped) m.exports.qjs_free_value(box);
      });
    },
    take() {
      const reasons: Box[] = [];
      for (const { promise, reason } of open.values()) {
        machine().free(promise);
        reasons.push(reason);
      }
      open.clear();
      return reasons;
    },
  };
}
