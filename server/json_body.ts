import type { IncomingMessage } from "node:http";
import { FieldworkError } from "#contract";
import { locateJsonError } from "./json_error.ts";
import type { Limits } from "./limits.ts";

/** The chunks of a body, counted. Throws `too_large` once they pass the limit; the connection stays for the answer. */
export async function* limitedBody(incoming: IncomingMessage, max_bytes: number): AsyncGenerator<Buffer> {
  const refuse = () =>
    new FieldworkError("too_large", `the body is larger than ${max_bytes} bytes`, {
      remedy: "Send less in one request.",
      details: { max_bytes },
    });
  if (Number(incoming.headers["content-length"] ?? 0) > max_bytes) throw refuse();
  let size_bytes = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size_bytes += (chunk as Buffer).length;
    if (size_bytes > max_bytes) throw refuse();
    yield chunk as Buffer;
  }
}

/**
 * The body as JSON; `undefined` where there is none. Throws `too_large`, or `invalid_input` that says where: for what is not
 * declared as JSON, not UTF-8, not JSON, or nested too deeply.
 */
export async function readJson(incoming: IncomingMessage, limits: Limits): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of limitedBody(incoming, limits.json_bytes)) chunks.push(chunk);
  const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  if (bytes.length === 0) return undefined;
  const type = incoming.headers["content-type"] ?? "";
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw invalid(`the body is ${type.slice(0, 64) || "of no declared type"}, not application/json`, {});
  checkDepth(bytes, limits.json_depth);
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch {
    const { offset, line, column, expected } = locateJsonError(text);
    throw invalid(`the body is not JSON: expected ${expected} at line ${line}, column ${column}`, {
      offset,
      line,
      column,
    });
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid("the body is not UTF-8", {});
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings before anything is parsed, since what comes later may recurse. */
function checkDepth(bytes: Buffer, max_depth: number): void {
  let depth = 0;
  let inside = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inside) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inside = false;
    } else if (byte === QUOTE) inside = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > max_depth)
        throw invalid(`the body is nested deeper than ${max_depth} levels at byte ${at}`, {
          offset: at,
          max_depth,
        });
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
}

const invalid = (message: string, details: Readonly<Record<string, number>>) =>
  new FieldworkError("invalid_input", message, {
    remedy: "Send JSON (RFC 8259) as application/json.",
    details,
  });
