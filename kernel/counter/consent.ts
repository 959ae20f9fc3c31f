import {
  ACTIONS,
  type Caller,
  type Capability,
  type Effect,
  FieldworkError,
  type JsonValue,
} from "#contract";
import type { Approvals } from "../approvals/index.ts";
import type { Turn } from "../turns/index.ts";
import { type ActUnderWay, questionOf } from "./act.ts";

export type Policy = "allow" | "ask" | "deny";

/** A call whose grant holds, before it takes effect. */
export interface Judged {
  readonly caller: Caller;
  readonly capability: Capability;
  readonly targets: readonly string[];
  /** What it is judged by when the turn is tainted. */
  readonly decisive: readonly string[];
  readonly args: JsonValue;
  readonly argsHash: string;
  readonly trace: string;
  readonly turn: Turn | undefined;
  /** What it is a part of. */
  readonly act: ActUnderWay | undefined;
  readonly signal: () => AbortSignal;
  readonly onWaiting: ((waiting: boolean) => void) | undefined;
}

export interface ConsentOptions {
  readonly approvals: Approvals;
  /** The owner's policy for a module: by effect, and for effects that untrusted content may have chosen (`tainted`). */
  readonly policy: (module: string, about: Effect | "tainted") => Policy | undefined;
}

/** Effects whose decisive argument untrusted content must not choose. */
const STEERABLE: ReadonlySet<Effect> = new Set(["write", "network", "exec", "message", "money", "system"]);

/**
 * Does this call need a person? By the owner's policy for its effect; and in a turn that has read what comes from outside the
 * owner, when what decides the effect was given neither by the owner nor by the agent's own configuration. Decided by rule.
 */
export function createConsent({ approvals, policy }: ConsentOptions) {
  const reasonOf = ({
    caller,
    capability,
    decisive,
    turn,
  }: Judged): { reason: string; policy: Policy } | undefined => {
    const byEffect = capability.own ? undefined : policy(caller.id, capability.effect);
    if (byEffect === "deny" || byEffect === "ask") {
      const verb = byEffect === "deny" ? "denies" : "wants a person to approve";
      return {
        policy: byEffect,
        reason: `The agent's policy ${verb} every effect of the kind ${capability.effect}.`,
      };
    }
    if (!turn?.tainted() || !STEERABLE.has(capability.effect)) return undefined;
    const chosen = decisive.find((one) => !turn.trusts(one));
    if (chosen === undefined) return undefined;
    const byTaint = policy(caller.id, "tainted") ?? "ask";
    if (byTaint === "allow") return undefined;
    return {
      policy: byTaint,
      reason: `The turn has read content from outside, and "${chosen.slice(0, 200)}" was given neither by you nor by the agent's own configuration.`,
    };
  };

  /** @throws FieldworkError `denied`, `approval_required` */
  return async (judged: Judged): Promise<void> => {
    const { caller, capability, targets, trace, turn, act, signal, onWaiting } = judged;
    if (caller.tier !== "guest" || capability.effect === "none") return;
    const needed = reasonOf(judged);
    if (!needed) return;
    if (needed.policy === "deny") {
      throw new FieldworkError("denied", needed.reason, {
        remedy: "The owner can change the policy.",
        action: ACTIONS.set_policy(caller.id),
        details: { capability: capability.name, effect: capability.effect },
      });
    }
    const itself = { ...judged, reason: needed.reason };
    const { decisive, args, argsHash, reason } = act ? questionOf(act, itself) : itself;
    // Each approval lets one act through: where the same was done twice at once, the second is asked for again.
    const allowed = () =>
      act?.allowed.has(capability.effect) || approvals.use(caller.id, capability.name, argsHash);
    while (!allowed()) {
      const asked = approvals.ask({
        module: caller.id,
        capability: capability.name,
        targets,
        decisive,
        args,
        argsHash,
        trace,
        reason,
      });
      if (turn && !turn.interactive) {
        throw new FieldworkError("approval_required", `${needed.reason} Nobody is there to ask.`, {
          details: { approval: asked.id },
        });
      }
      onWaiting?.(true);
      let state: string;
      try {
        state = (await approvals.decided(asked.id, signal())).state;
      } finally {
        onWaiting?.(false);
      }
      if (state === "given" || state === "used") continue;
      throw new FieldworkError(
        state === "refused" ? "denied" : "approval_required",
        `The approval ${asked.id} was ${state}.`,
        {
          details: { approval: asked.id },
        },
      );
    }
    act?.allowed.add(capability.effect);
  };
}
