import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";

/** A file of the home as an attachment. */
export async function downloadFile(path: string, type: string, signal: AbortSignal): Promise<Response> {
  const { size } = await stat(path);
  const body = Readable.toWeb(createReadStream(path, { signal })) as ReadableStream<Uint8Array>;
  return new Response(body, { headers: attachment(basename(path), type, size) });
}

/** Names are the program's own: letters, digits, dots and dashes. */
export const attachment = (name: string, type: string, size: number): Record<string, string> => ({
  "content-type": type,
  "content-length": String(size),
  "content-disposition": `attachment; filename="${name.replaceAll(/[^A-Za-z0-9._-]/g, "_")}"`,
  "cache-control": "no-store",
});
