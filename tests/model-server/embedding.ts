import { hash } from "node:crypto";

const DIMENSIONS = 64;

/** A vector of unit length from the words of a text: texts that share words lie near each other. */
export function vectorOf(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const digest = Buffer.from(hash("sha256", word), "hex");
    const at = digest.readUInt16LE(0) % DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + (((digest[2] ?? 0) & 1) === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
