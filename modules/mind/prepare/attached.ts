import { type Attachment, BLOB_READ_MAX_BYTES, type CallContext, FieldworkError } from "#contract";
import { isImage } from "./assemble/index.ts";

const FILES_MAX = 16;
const TEXT_MAX_BYTES = 262_144;
const decoder = new TextDecoder("utf-8", { fatal: true });
const BINARY = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/;

/**
 * The words of attached files that are UTF-8 text, by blob: of the last ones named, their first 256 KiB. What cannot be read is left
 * out, as is what is no text.
 */
export async function readTexts(
  attachments: readonly Attachment[],
  context: CallContext,
): Promise<ReadonlyMap<string, string>> {
  const blobs = [...new Set(attachments.filter((one) => !isImage(one)).map(({ blob }) => blob))].slice(
    -FILES_MAX,
  );
  const texts = new Map<string, string>();
  await Promise.all(
    blobs.map(async (blob) => {
      try {
        const length = Math.min(TEXT_MAX_BYTES, BLOB_READ_MAX_BYTES);
        const read = await context.call("blob.read", { blob, length });
        const text = textOf(read as { base64: string; truncated: boolean });
        if (text !== undefined) texts.set(blob, text);
      } catch (error) {
        context.signal.throwIfAborted();
        if (!(error instanceof FieldworkError)) throw error;
      }
    }),
  );
  return texts;
}

function textOf({ base64, truncated }: { readonly base64: string; readonly truncated: boolean }) {
  const bytes = Buffer.from(base64, "base64");
  try {
    // A cut may go through a character.
    const text = decoder.decode(
      truncated ? bytes.subarray(0, bytes.lastIndexOf(10) + 1 || bytes.length) : bytes,
    );
    return text === "" || BINARY.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
