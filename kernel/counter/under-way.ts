import type { Capability } from "#contract";
import type { Grants } from "../grants/index.ts";
import { lackingGrant } from "./authority.ts";

/** A call under an owner's grant, from the check on. */
export interface UnderWay {
  readonly module: string;
  readonly capability: Capability;
  readonly targets: readonly string[];
  readonly abort: AbortController;
  /** Rejects when the grant is taken, or the caller stops waiting. */
  readonly taken: Promise<never>;
}

/** The calls that run because of a grant: each is stopped when its grant is taken. */
export interface CallsUnderWay {
  begin(call: Omit<UnderWay, "taken">): UnderWay;
  end(call: UnderWay): void;
}

export function createCallsUnderWay(grants: Grants): CallsUnderWay {
  const ofModule = new Map<string, Set<UnderWay>>();

  grants.onTake((module, capability) => {
    for (const call of ofModule.get(module) ?? []) {
      if (call.capability.name !== capability) continue;
      const lacking = lackingGrant(grants, module, call.capability, call.targets);
      if (lacking) call.abort.abort(lacking);
    }
  });

  return {
    begin(begun) {
      const { signal } = begun.abort;
      const taken = new Promise<never>((_, reject) => {
        const lost = () => reject(signal.reason);
        if (signal.aborted) lost();
        else signal.addEventListener("abort", lost, { once: true });
      });
      taken.catch(() => {});
      const call: UnderWay = { ...begun, taken };
      ofModule.getOrInsertComputed(call.module, () => new Set()).add(call);
      return call;
    },
    end(call) {
      const calls = ofModule.get(call.module);
      calls?.delete(call);
      if (calls?.size === 0) ofModule.delete(call.module);
    },
  };
}
