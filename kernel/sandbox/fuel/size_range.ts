import { MeterError, unsupported } from "./error.ts";
import type { SizeRange } from "./facts.ts";
import { type Reader, readByte, readU32 } from "./reader.ts";
import { type Writer, writeByte, writeU32 } from "./writer.ts";

/** Copies the limits of a memory or table with `granted` as the highest maximum. */
export function copySizeRange(r: Reader, w: Writer, what: "memory" | "table", granted: number): SizeRange {
  const offset = r.pos;
  const flags = readByte(r);
  if (flags & 0x02) throw unsupported(`shared ${what}`, offset);
  if (flags & 0x04) throw unsupported(`${what}64`, offset);
  if (flags > 0x07) throw unsupported(`${what} type with flags 0x${flags.toString(16)}`, offset);
  const min = readU32(r);
  const max = Math.min(flags & 0x01 ? readU32(r) : granted, granted);
  if (min > granted) {
    const unit = what === "memory" ? "pages" : "entries";
    throw new MeterError("limit", `${what} starts with ${min} ${unit}, ${granted} are granted`, offset);
  }
  writeByte(w, 0x01);
  writeU32(w, min);
  writeU32(w, max);
  return { min, max };
}
