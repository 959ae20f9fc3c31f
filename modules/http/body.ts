import type { IncomingMessage } from "node:http";
import { type Duplex, pipeline, Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";
import { FieldworkError } from "#contract";

const ENCODINGS_MOST = 2;
const SLICE_BYTES = 1_048_576;

/** What is left of an answer's body once it is decompressed. */
export interface Body {
  readonly bytes: Buffer;
  /** Was there more? */
  readonly truncated: boolean;
  readonly decoded: boolean;
}

/** Reads and decompresses a body. The limit counts decompressed bytes, so a small answer cannot become a large one. */
export async function readBody(answer: IncomingMessage, method: string, max_bytes: number): Promise<Body> {
  const empty = method === "HEAD" || answer.statusCode === 204 || answer.statusCode === 304;
  const encodings = (answer.headers["content-encoding"] ?? "")
    .split(",")
    .map((one) => one.trim().toLowerCase())
    .filter((one) => one !== "" && one !== "identity");
  if (empty || encodings.length === 0 || !encodings.every(isKnown))
    return { ...(await collect(answer, max_bytes)), decoded: false };
  if (encodings.length > ENCODINGS_MOST)
    throw new FieldworkError("unavailable", `The answer is compressed ${encodings.length} times over.`);
  let stream: AsyncIterable<Buffer> = answer;
  for (const encoding of encodings.reverse()) stream = decompressed(stream, encoding);
  return { ...(await collect(stream, max_bytes)), decoded: true };
}

async function collect(stream: AsyncIterable<Buffer>, max_bytes: number): Promise<Omit<Body, "decoded">> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the stream, and with it the connection.
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > max_bytes) break;
  }
  const bytes = Buffer.concat(chunks);
  return { bytes: bytes.subarray(0, max_bytes), truncated: size > max_bytes };
}

const isKnown = (encoding: string) => ["gzip", "x-gzip", "deflate", "br", "zstd"].includes(encoding);

/** An empty body stays empty, whatever it says it is compressed with. */
async function* decompressed(stream: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  try {
    const first = await chunks.next();
    if (first.done) return;
    const decompressor = createDecompressor(encoding, first.value);
    const source = Readable.from(resumed(first.value, chunks));
    // Its error reaches the reader through the last stream of the line.
    pipeline(source, decompressor, () => undefined);
    yield* decompressor;
  } finally {
    await chunks.return?.();
  }
}

async function* resumed(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function createDecompressor(encoding: string, first: Buffer): Duplex {
  if (encoding === "br") return createBrotliDecompress();
  if (encoding === "zstd") return createZstdDecompress();
  if (encoding !== "deflate") return createGunzip();
  // Some servers send raw deflate where RFC 9110 wants the zlib form.
  return ((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

/** The body as text in the charset the answer names, or UTF-8; in slices, so that nobody else waits. */
export async function bodyText(
  bytes: Buffer,
  contentType: string | undefined,
  truncated: boolean,
): Promise<string> {
  const decoder = decoderFor(/charset\s*=\s*"?([\w.:-]+)/i.exec(contentType ?? "")?.[1]);
  let text = "";
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await setImmediate();
    text += decoder.decode(bytes.subarray(at, at + SLICE_BYTES), { stream: true });
  }
  return truncated ? text : text + decoder.decode();
}

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset ?? "utf-8");
  } catch {
    return new TextDecoder("utf-8");
  }
}
