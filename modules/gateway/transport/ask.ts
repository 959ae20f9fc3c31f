import { FieldworkError } from "#contract";
import type { Answer } from "../answer/answer.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { isObject } from "../dialect/parts.ts";
import { failureOf, wordsOf } from "../failure/provider_error.ts";
import { parseRetryAfter } from "../failure/retry.ts";
import { createEventReader } from "./events.ts";
import type { Sent, Transport } from "./send.ts";

/** Bytes of an answer as they come over the wire. */
const WIRE_MAX_BYTES = 64 * 1024 * 1024;
const ERROR_MAX_BYTES = 64 * 1024;
const EXCERPT_CHARS = 160;

export interface Asking {
  readonly transport: Transport;
  readonly dialect: Dialect;
  readonly base_url: string;
  readonly key: string | undefined;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly first_ms: number;
  readonly between_ms: number;
}

/**
 * One request, and its answer put together while it comes: a stream, or one piece where the server gives no stream.
 * @throws FieldworkError `model_*`, `timeout`, `too_large`, `not_found`, `invalid_input`
 */
export async function ask(asking: Asking, answer: Answer): Promise<void> {
  const { transport, dialect, base_url, key, body, signal, first_ms, between_ms } = asking;
  const url = new URL(dialect.url(base_url));
  const sent = await transport.send({
    url,
    method: "POST",
    headers: {
      ...dialect.headers(key),
      "content-type": "application/json",
      accept: "text/event-stream, application/json",
    },
    body,
    signal,
    first_ms,
    between_ms,
  });
  if (sent.status < 200 || sent.status > 299) throw await refusal(sent, url);
  let whole = false;
  try {
    await take(sent, dialect, answer);
    whole = true;
  } finally {
    if (!whole) sent.drop();
  }
}

async function take(sent: Sent, dialect: Dialect, answer: Answer): Promise<void> {
  const decoder = dialect.decoder(answer);
  let events = 0;
  const reader = createEventReader((name, data) => {
    events++;
    decoder.event(name, data);
  });
  const pieces: Buffer[] = [];
  let bytes = 0;
  let kind: "unknown" | "stream" | "whole" = "unknown";
  for await (const chunk of sent.body()) {
    bytes += chunk.length;
    if (bytes > WIRE_MAX_BYTES)
      throw new FieldworkError("too_large", `The provider's answer is larger than ${WIRE_MAX_BYTES} bytes.`);
    if (kind === "stream") {
      reader.push(chunk);
      continue;
    }
    pieces.push(chunk);
    if (kind === "whole") continue;
    const first = /\S/.exec(
      Buffer.concat(pieces)
        .toString("latin1", 0, 64)
        .replace(/^\xEF\xBB\xBF/, ""),
    )?.[0];
    if (first === undefined) continue;
    kind = first === "{" ? "whole" : "stream";
    if (kind === "stream") reader.push(Buffer.concat(pieces));
  }
  if (kind === "whole") {
    dialect.whole(parseWhole(Buffer.concat(pieces).toString("utf8")), answer);
    return;
  }
  if (kind === "stream") reader.end();
  if (events === 0) throw malformed(Buffer.concat(pieces.slice(0, 4)).toString("utf8"));
  if (!decoder.whole())
    throw new FieldworkError("model_unreachable", "The provider's answer broke off before its end.", {
      details: { again: true },
    });
}

function parseWhole(text: string) {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    // Told below.
  }
  throw malformed(text);
}

const malformed = (text: string) =>
  new FieldworkError(
    "model_malformed",
    text === ""
      ? "The provider answered with nothing at all."
      : `The provider answered with something else than its protocol: ${text.replaceAll(/\s+/g, " ").slice(0, EXCERPT_CHARS)}`,
    { details: { again: text === "" } },
  );

/** The error that an answer with another status than 200 stands for. */
export async function refusal(sent: Sent, url: URL): Promise<FieldworkError> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of sent.body()) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes > ERROR_MAX_BYTES) {
      sent.drop();
      break;
    }
  }
  const text = Buffer.concat(pieces).toString("utf8");
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Not every server words its failures in JSON.
  }
  const plain = typeof body === "string";
  const words = wordsOf(plain ? stripped(text) : body);
  if (sent.status >= 300 && sent.status < 400)
    return new FieldworkError(
      "model_unreachable",
      `${url.host} points to another address instead of answering.`,
      {
        remedy: `Set the base URL to where it points: ${String(sent.headers.location ?? "unknown").slice(0, 200)}`,
        details: { status: sent.status },
      },
    );
  if (sent.status === 404 && plain)
    return new FieldworkError("model_unreachable", `${url.host} has nothing at ${url.pathname}.`, {
      remedy: "Check the base URL of the model; most end in /v1.",
      details: { status: 404 },
    });
  return failureOf(words, sent.status, parseRetryAfter(sent.headers, Date.now()) ?? words.retry_ms);
}

const stripped = (html: string): string => html.replaceAll(/<[^>]*>/g, " ");
