import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { FieldworkError } from "#contract";

/**
 * Challenges of WebAuthn, each good for one answer within five minutes. They carry their own proof (time and HMAC), so that asking
 * for many costs nothing and pushes nobody's out; only those that were used are remembered, until they would have expired.
 */
export interface Challenges {
  make(purpose: Purpose): Uint8Array<ArrayBuffer>;
  /** True once for each that holds. @param challenge  base64url, as the browser sends it back */
  spend(purpose: Purpose, challenge: string): boolean;
}
type Purpose = "create" | "get";

const VALID_MS = 5 * 60_000;
const SPENT_MAX = 4096;
const NONCE_BYTES = 16;
const TIME_BYTES = 8;
const PROOF_BYTES = 32;

export function createChallenges(now: () => number): Challenges {
  const key = randomBytes(32);
  const spent = new Map<string, number>();

  const proof = (purpose: Purpose, body: Uint8Array) =>
    createHmac("sha256", key).update(purpose).update(body).digest();
  const holds = (purpose: Purpose, challenge: string): boolean => {
    const bytes = Buffer.from(challenge, "base64url");
    if (bytes.length !== NONCE_BYTES + TIME_BYTES + PROOF_BYTES) return false;
    const body = bytes.subarray(0, NONCE_BYTES + TIME_BYTES);
    if (!timingSafeEqual(bytes.subarray(body.length), proof(purpose, body))) return false;
    return Number(body.readBigUInt64BE(NONCE_BYTES)) > now() && !spent.has(challenge);
  };
  return {
    make(purpose) {
      const body = Buffer.alloc(NONCE_BYTES + TIME_BYTES);
      randomBytes(NONCE_BYTES).copy(body);
      body.writeBigUInt64BE(BigInt(Math.round(now()) + VALID_MS), NONCE_BYTES);
      return new Uint8Array([...body, ...proof(purpose, body)]);
    },
    spend(purpose, challenge) {
      if (!holds(purpose, challenge)) return false;
      for (const [one, until] of spent) if (until <= now()) spent.delete(one);
      if (spent.size >= SPENT_MAX)
        throw new FieldworkError("rate_limited", "Too many passkeys were tried.", {
          details: { retry_after_ms: VALID_MS },
        });
      spent.set(challenge, now() + VALID_MS);
      return true;
    },
  };
}
