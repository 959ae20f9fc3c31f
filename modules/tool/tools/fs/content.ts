import { FieldworkError, type JsonValue, type Place } from "#contract";
import type { WorkPlace } from "../../place.ts";

/** A larger file is read and changed in parts by other means. */
const WHOLE_MAX_BYTES = 8 * 1024 * 1024;

interface Stat {
  readonly found: boolean;
  readonly kind?: "file" | "directory" | "other";
  readonly size?: number;
}
interface Bytes {
  readonly content: string;
  readonly size: number;
  readonly truncated: boolean;
}

export const statOf = async (path: string, place: Place): Promise<Stat> =>
  (await place.call("fs.stat", { path })) as unknown as Stat;

/** A part of a file's bytes. */
export async function readBytes(
  path: string,
  place: Place,
  range: { readonly offset?: number; readonly length?: number } = {},
): Promise<{ readonly bytes: Uint8Array; readonly size: number; readonly truncated: boolean }> {
  const args: JsonValue = { path, encoding: "base64", ...range };
  const { content, size, truncated } = (await place.call("fs.read", args)) as unknown as Bytes;
  return { bytes: Uint8Array.fromBase64(content), size, truncated };
}

/** A whole file. @throws FieldworkError `too_large` */
export async function readWhole(path: string, place: Place): Promise<Uint8Array> {
  const { bytes, size, truncated } = await readBytes(path, place);
  if (truncated)
    throw new FieldworkError(
      "too_large",
      `${path} has ${size} bytes; ${WHOLE_MAX_BYTES} can be worked on at once.`,
      {
        remedy: "Read it by ranges of lines, or split it.",
      },
    );
  return bytes;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws FieldworkError `invalid_input` where it is no text */
export function textOf(bytes: Uint8Array, path: string): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new FieldworkError("invalid_input", `${path} is not UTF-8 text.`, {
      remedy: "It is a binary file; fs.stat tells its size.",
      cause: error,
    });
  }
}

/** What is in a file comes from outside, unless it is what the agent wrote itself from nothing of the outside. */
export function taintUnlessOwn(bytes: Uint8Array, place: WorkPlace): void {
  if (!place.changes.isOwn(bytes)) place.taint();
}
