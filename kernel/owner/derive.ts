import { type ScryptOptions, scrypt } from "node:crypto";
import { FieldworkError } from "#contract";

/** OWASP's recommendation for scrypt; 128 MiB for about a third of a second. */
const SCRYPT: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const KEY_BYTES = 32;

/** One thread works on passwords, so that the others are left to files; what does not fit into the queue is refused. */
const WAITING_MAX = 16;

interface Waiting {
  readonly urgent: boolean;
  begin(): void;
}

let busy = false;
const waiting: Waiting[] = [];

/**
 * A key from a password; runs off the event loop, one after the other.
 * @param urgent  goes before all that is not
 * @throws FieldworkError `rate_limited` when too many wait
 */
export async function deriveKey(password: string, salt: Uint8Array, urgent = true): Promise<Buffer> {
  await turn(urgent);
  try {
    return await new Promise((resolve, reject) => {
      scrypt(password.normalize("NFKC"), salt, KEY_BYTES, SCRYPT, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    const next = waiting.shift();
    if (next) next.begin();
    else busy = false;
  }
}

function turn(urgent: boolean): Promise<void> | undefined {
  if (!busy) {
    busy = true;
    return undefined;
  }
  // Those that are not urgent never take the place of one that is.
  if (waiting.filter((one) => one.urgent === urgent).length >= WAITING_MAX)
    throw new FieldworkError("rate_limited", "Too many passwords are being checked at once.", {
      details: { retry_after_ms: 5000 },
    });
  return new Promise((begin) => {
    const before = urgent ? waiting.findIndex((one) => !one.urgent) : -1;
    waiting.splice(before < 0 ? waiting.length : before, 0, { urgent, begin });
  });
}
