import { FieldworkError } from "#contract";

export type Encoding = "utf8" | "base64";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The bytes that `content` stands for. */
export function encode(content: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf8") {
    if (content.isWellFormed()) return Buffer.from(content);
    throw new FieldworkError("invalid_input", "The content holds half of a surrogate pair.", {
      remedy: "Send whole characters, or bytes with encoding base64.",
    });
  }
  try {
    return Uint8Array.fromBase64(content);
  } catch (error) {
    throw new FieldworkError("invalid_input", "The content is not base64.", { cause: error });
  }
}

/**
 * Bytes as text. A character cut by the range that was asked for becomes U+FFFD; other bytes that are no UTF-8 are an error.
 * @param cut whether bytes lie before and after these ones in the file
 */
export function decode(
  bytes: Buffer,
  encoding: Encoding,
  cut: { readonly before: boolean; readonly after: boolean },
): string {
  if (encoding === "base64") return bytes.toString("base64");
  const start = cut.before ? strayBytes(bytes) : 0;
  const end = bytes.length - (cut.after ? unfinishedBytes(bytes.subarray(start)) : 0);
  try {
    const text = decoder.decode(bytes.subarray(start, end));
    return `${start > 0 ? "\ufffd" : ""}${text}${end < bytes.length ? "\ufffd" : ""}`;
  } catch (error) {
    throw new FieldworkError("invalid_input", "The file is not UTF-8 text.", {
      remedy: "Read it with encoding base64.",
      cause: error,
    });
  }
}

/** How many bytes at the start continue a character that began before them, 3 at most. */
function strayBytes(bytes: Buffer): number {
  let count = 0;
  while (count < 3 && ((bytes[count] ?? 0) & 0xc0) === 0x80) count++;
  return count;
}

/** How many bytes at the end begin a character that goes on after them. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}
