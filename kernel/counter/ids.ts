import { randomBytes } from "node:crypto";

let pool = Buffer.alloc(0);
let poolAt = 0;

function randomHex(bytes: number): string {
  if (poolAt + bytes > pool.length) {
    pool = randomBytes(4096);
    poolAt = 0;
  }
  poolAt += bytes;
  return pool.toString("hex", poolAt - bytes, poolAt);
}

/**
 * Trace and span ids have the lengths of W3C Trace Context: 16 and 8 bytes in hexadecimal. A trace begins with the time in
 * milliseconds, so that the journal's index of traces grows at its end instead of all over.
 */
export const newTrace = (): string => Date.now().toString(16).padStart(12, "0") + randomHex(10);
export const newSpan = (): string => randomHex(8);
