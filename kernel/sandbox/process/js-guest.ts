import { randomFillSync } from "node:crypto";
import {
  createSnapshot,
  type Engine,
  GuestError,
  type JsHost,
  type JsProgram,
  type Snapshot,
  startGuest,
} from "../quickjs/index.ts";
import type { InvokeHead } from "../wire/index.ts";
import type { Invocation } from "./invocation.ts";

/** Runs one function of a TypeScript agent in a fresh guest from its snapshot; the reply is JSON text. */
export async function runScript(
  engine: Engine,
  snapshot: Snapshot,
  head: InvokeHead,
  invocation: Invocation,
): Promise<string> {
  invocation.allowance.enter();
  const guest = await startGuest(engine, snapshot, hostOf(invocation));
  invocation.allowance.leave();
  try {
    invocation.check();
    const reply = await guest.call(head.function, head.args);
    if (reply.length > head.limits.outputBytes) {
      invocation.stop({
        code: "too_large",
        message: `The reply is larger than ${head.limits.outputBytes} bytes.`,
      });
      invocation.check();
    }
    return reply;
  } finally {
    guest.close();
    invocation.allowance.leave();
  }
}

export function takeSnapshot(engine: Engine, program: JsProgram, invocation: Invocation): Promise<Snapshot> {
  return createSnapshot(engine, program, hostOf(invocation));
}

export { GuestError };

function hostOf(invocation: Invocation): JsHost {
  const { allowance } = invocation;
  return {
    request(json) {
      const here = invocation.answerHere(json);
      return here === undefined ? invocation.port.request(json) : Promise.resolve(here);
    },
    log: invocation.log.line,
    now: () => Date.now(),
    monotonic: () => process.hrtime.bigint(),
    random: (buffer) => void randomFillSync(buffer),
    sleep: (ms, cancelled) => {
      if (cancelled.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      cancelled.addEventListener("abort", () => resolve(), { once: true });
      return Promise.race([promise, invocation.sleep(ms)]);
    },
    fuelYield: new WebAssembly.Suspending(allowance.yield),
    bound: allowance.bind,
    entered: allowance.enter,
    left: allowance.leave,
  };
}
