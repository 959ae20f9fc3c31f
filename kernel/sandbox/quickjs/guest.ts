import type { Engine } from "./engine.ts";
import { GuestError, outOfMemory } from "./errors.ts";
import type { Instance, JsHost } from "./host.ts";
import { applyImage } from "./image.ts";
import { instantiate } from "./instantiate.ts";
import type { Snapshot } from "./snapshot.ts";

/** A started agent: an instance of its own, sharing nothing with others from the same snapshot. */
export interface JsGuest extends Instance {
  /**
   * Runs a handler with its arguments as JSON text. The reply is JSON text in the contract's form:
   * `{"ok":true,"result":…}` or `{"ok":false,"error":{code,message,remedy,details?}}`, also for what the handler
   * threw. Calls may overlap. Rejects with GuestError when the guest as a whole is lost.
   */
  call(fn: string, argsJson: string): Promise<string>;
  /**
   * Drops the guest: calls in progress are rejected, timers end, nothing is asked of the host any more. Code that
   * is computing at this moment ends when the yield import says stop.
   */
  close(): void;
}

/** Starts a guest from a snapshot. No guest code runs until the first call. */
export async function startGuest(engine: Engine, snapshot: Snapshot, host: JsHost): Promise<JsGuest> {
  const { machine, reactor } = instantiate(engine, snapshot.modules, host);
  if (!applyImage(snapshot.image, machine.memory)) throw outOfMemory();
  machine.exports.__stack_pointer.value = snapshot.stackPointer;
  reactor.attach(snapshot.enter);
  return {
    fuel: machine.fuel,
    memory: machine.memory,
    call: reactor.call,
    close() {
      reactor.close(new GuestError("unavailable", "The agent was stopped.", "Start it again."));
    },
  };
}
