import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type {
  VerifyAuthenticationResponseOpts,
  VerifyRegistrationResponseOpts,
  WebAuthnCredential,
} from "@simplewebauthn/server";
import { FieldworkError } from "#contract";

export type Task =
  | { readonly ceremony: "create"; readonly options: VerifyRegistrationResponseOpts }
  | { readonly ceremony: "get"; readonly options: VerifyAuthenticationResponseOpts };

export interface Verified {
  readonly credential: WebAuthnCredential;
  readonly synced: boolean;
}

const TIME_MAX_MS = 20_000;
const MEMORY_MAX_MB = 128;
const WAITING_MAX = 16;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * Has WebAuthn's rules checked, on a thread that begins for it and ends with it: what they need takes longer to load than the server
 * may stand still. One after the other.
 * @throws FieldworkError `rate_limited`, `unauthenticated` with what does not hold
 */
export function verifyAway(task: Task): Promise<Verified> {
  if (waiting >= WAITING_MAX)
    throw new FieldworkError("rate_limited", "Too many passkeys are being checked at once.", {
      details: { retry_after_ms: 5000 },
    });
  waiting++;
  const done = last.then(() => work(task)).finally(() => waiting--);
  last = done.catch(() => {});
  return done;
}

async function work(task: Task): Promise<Verified> {
  const thread = new Worker(new URL("./verification.worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  thread.unref();
  try {
    thread.postMessage(task);
    const [answer] = await once(thread, "message", { signal: AbortSignal.timeout(TIME_MAX_MS) });
    if ("verified" in answer) return answer.verified as Verified;
    throw new FieldworkError(
      "unauthenticated",
      `The passkey was not accepted: ${String(answer.refused).slice(0, 200)}`,
      {
        remedy: "Try again, or sign in with the password.",
      },
    );
  } finally {
    await thread.terminate();
  }
}
