import { GuestError } from "./errors.ts";

/** A failed call, in the contract's reply form. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

export function failureReply(error: Failure): string {
  return JSON.stringify({
    ok: false,
    error: { code: error.code, message: error.message, remedy: error.remedy },
  });
}

/** A handler whose promise can never settle. */
export const DEADLOCK: Failure = {
  code: "module_crashed",
  message:
    "The handler waits for ever: its promise is pending, but no capability call and no timer is under way that could settle it.",
  remedy: "Look for a promise that is never resolved, or an await in a circle.",
};

/** Whether a thrown value is the engine's report that no memory is left. */
export function isOutOfMemory(name: string, message: string): boolean {
  return name === "InternalError" && message === "out of memory";
}

/** What a trap of the engine means: the instance is in an unknown state and must be given up. */
export function trapError(error: unknown, fuelLeft: bigint): GuestError {
  if (error instanceof GuestError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof WebAssembly.RuntimeError && message === "unreachable" && fuelLeft < 0n) {
    return new GuestError(
      "fuel_exhausted",
      "The agent was stopped: it used up its computing time.",
      "Look for an endless loop, do less in one call, or raise fuel_per_call in the manifest.",
    );
  }
  if (error instanceof RangeError) {
    return new GuestError(
      "module_crashed",
      "The agent's calls are nested too deeply for the engine.",
      "Replace the recursion by a loop.",
    );
  }
  return new GuestError(
    "module_crashed",
    `The engine failed while running the agent: ${message}`,
    "Call again: the agent starts afresh. If it happens again, the agent's code triggers it.",
  );
}
