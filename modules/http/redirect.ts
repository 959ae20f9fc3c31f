import { type CallContext, FieldworkError } from "#contract";
import { type Headers, without, withoutBody, withoutCredentials } from "./headers.ts";
import { holdsHandle } from "./secrets.ts";
import { readUrl } from "./url.ts";

/** One request on the way. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The next request after an answer, or `undefined` where it is no redirect. Methods change as in the Fetch standard; another
 * origin gets no credentials, and a step from https down to http no header with a secret.
 * @throws FieldworkError `denied` where no grant covers the new URL.
 */
export function nextHop(
  hop: Hop,
  status: number,
  location: string | undefined,
  context: Pick<CallContext, "allows">,
): Hop | undefined {
  if (!REDIRECTS.has(status) || location === undefined) return undefined;
  const url = readUrl(location, hop.url);
  if (!context.allows(url.href))
    throw new FieldworkError("denied", `${hop.url.host} redirects to ${url.href}, which no grant covers.`, {
      remedy: "Give the grant http.fetch for that URL too, or fetch another one.",
      details: { capability: "http.fetch", target: url.href },
    });
  let { method, headers, body } = hop;
  const toGet =
    status === 303
      ? method !== "GET" && method !== "HEAD"
      : (status === 301 || status === 302) && method === "POST";
  if (toGet) {
    method = "GET";
    headers = withoutBody(headers);
    body = undefined;
  }
  if (url.origin !== hop.url.origin) headers = withoutCredentials(headers);
  if (hop.url.protocol === "https:" && url.protocol === "http:")
    headers = without(
      headers,
      [...headers].filter(([, value]) => holdsHandle(value)).map(([name]) => name),
    );
  return { url, method, headers, body };
}
