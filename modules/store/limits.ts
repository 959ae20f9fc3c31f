import { z } from "zod";
import { FieldworkError, type Host, type JsonValue, type Row, type Setting } from "#contract";

const size = z.int().min(1).max(Number.MAX_SAFE_INTEGER);

export const settings: readonly Setting[] = [
  {
    key: "store.value_max_bytes",
    summary: "The largest value or document a module may keep, in bytes of JSON.",
    schema: size,
    initial: 1_048_576,
    unit: "bytes",
  },
  {
    key: "store.max_entries",
    summary: "How many keys and documents together a module may keep.",
    schema: size,
    initial: 100_000,
  },
  {
    key: "store.max_bytes",
    summary: "How many bytes of keys, values and documents a module may keep.",
    schema: size,
    initial: 268_435_456,
    unit: "bytes",
  },
];

/**
 * The JSON text of a value that is to be kept.
 * @throws FieldworkError `too_large` beyond `store.value_max_bytes`, or nested deeper than JSON can be written.
 */
export function valueText(value: JsonValue, host: Host): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError)
      throw new FieldworkError("too_large", "The value is nested too deeply or too large to be written.");
    throw error;
  }
  // A character has at most three bytes of UTF-8 for each UTF-16 unit: short texts need no count.
  const limit = host.setting("store.value_max_bytes") as number;
  if (text.length * 3 > limit && Buffer.byteLength(text) > limit)
    throw reached("store.value_max_bytes", limit, "The value is larger than a module may keep");
  return text;
}

/** Refuses an entry of `bytes` bytes that would take the module beyond its limits; `now` has `entries`, `bytes` and `old`, null for a new one. */
export function checkRoom(now: Row | undefined, bytes: number, host: Host): void {
  const old = (now?.old as number | null | undefined) ?? 0;
  const fresh = now?.old === null;
  if (fresh) {
    const most = host.setting("store.max_entries") as number;
    if ((now?.entries as number) >= most)
      throw reached("store.max_entries", most, "The module keeps as many keys and documents as it may");
  }
  if (bytes <= old) return;
  const most = host.setting("store.max_bytes") as number;
  if ((now?.bytes as number) - old + bytes > most)
    throw reached("store.max_bytes", most, "The module keeps as many bytes as it may");
}

function reached(setting: string, limit: number, what: string): FieldworkError {
  return new FieldworkError("too_large", `${what} (${setting} = ${limit}).`, {
    remedy: `Delete what is no longer needed, or raise the setting ${setting}.`,
    details: { setting, limit },
  });
}
