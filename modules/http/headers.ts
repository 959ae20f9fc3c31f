import type { IncomingHttpHeaders } from "node:http";
import { FieldworkError } from "#contract";

export type Headers = ReadonlyMap<string, string>;

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Of one connection only (RFC 9110 §7.6.1), or said by the transport itself. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const CREDENTIALS = ["authorization", "cookie"] as const;

/** Reads the headers of a call: names in small letters, those of the connection left out. */
export function readHeaders(given: Readonly<Record<string, string>>): Headers {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    checkHeader(name, value);
    const lower = name.toLowerCase();
    if (lower === "host")
      throw new FieldworkError("invalid_input", "The Host header is taken from the URL and cannot be set.");
    if (!HOP_BY_HOP.has(lower)) headers.set(lower, value);
  }
  return headers;
}

export function checkHeader(name: string, value: string): void {
  if (!NAME.test(name))
    throw new FieldworkError("invalid_input", `${JSON.stringify(name.slice(0, 64))} is not a header's name.`);
  if (!VALUE.test(value))
    throw new FieldworkError(
      "invalid_input",
      `The header ${name} holds a line break or a character beyond U+00FF.`,
    );
}

export const without = (headers: Headers, names: Iterable<string>): Headers => {
  const gone = new Set(names);
  return new Map([...headers].filter(([name]) => !gone.has(name)));
};

/** What another origin must not learn. */
export const withoutCredentials = (headers: Headers): Headers => without(headers, CREDENTIALS);

/** What describes a body that is no longer sent. */
export const withoutBody = (headers: Headers): Headers =>
  new Map([...headers].filter(([name]) => !name.startsWith("content-")));

/** The headers of an answer; repeated ones joined by a comma. `decoded`: the body is no longer what its length and encoding say. */
export function answerHeaders(headers: IncomingHttpHeaders, decoded: boolean): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    if (HOP_BY_HOP.has(name) && (decoded || name !== "content-length")) continue;
    if (decoded && name === "content-encoding") continue;
    kept.push([name, Array.isArray(value) ? value.join(", ") : value]);
  }
  return Object.fromEntries(kept);
}
