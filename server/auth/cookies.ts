import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Two cookies: the session, and the mark of a device that signed in once. Named with the port, since a browser keeps cookies by host
 * alone and two servers on one machine would sign each other out. Where the page came over TLS the names begin with `__Host-`, which
 * a browser takes from a secure origin alone (RFC 6265bis).
 */
const COOKIES = ["session", "device"] as const;
type CookieName = (typeof COOKIES)[number];

/** As long as browsers keep any cookie. */
const DEVICE_SECONDS = 400 * 24 * 3600;
const VALUE = /^[A-Za-z0-9_-]{1,128}$/;

const nameOf = (name: CookieName, incoming: IncomingMessage, secure: boolean): string =>
  `${secure ? "__Host-" : ""}fw_${name}_${incoming.socket.localPort ?? 0}`;

/** Did the browser come over TLS, as a proxy in front or the page's own origin says? */
function isSecure({ headers }: IncomingMessage): boolean {
  return headers["x-forwarded-proto"] === "https" || (headers.origin ?? "").startsWith("https://");
}

/** The value of a cookie, the one of a secure origin first; what is no value of ours does not count. */
export function readCookie(incoming: IncomingMessage, name: CookieName): string | undefined {
  const all = parse(incoming.headers.cookie ?? "");
  const found = all.get(nameOf(name, incoming, true));
  if (found !== undefined || isSecure(incoming)) return found;
  return all.get(nameOf(name, incoming, false));
}

function parse(header: string): Map<string, string> {
  const all = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    const [key, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at > 0 && VALUE.test(value) && !all.has(key)) all.set(key, value);
  }
  return all;
}

/** Adds to the answer, whichever it will be. */
export function writeCookie(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  name: CookieName,
  value: string,
  seconds = DEVICE_SECONDS,
): void {
  const secure = isSecure(incoming) || parse(incoming.headers.cookie ?? "").has(nameOf(name, incoming, true));
  const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? "; Secure" : ""}`;
  outgoing.appendHeader("set-cookie", `${nameOf(name, incoming, secure)}=${value}; ${attributes}`);
}

export function clearCookie(incoming: IncomingMessage, outgoing: ServerResponse, name: CookieName): void {
  const present = parse(incoming.headers.cookie ?? "");
  for (const secure of [true, false]) {
    const full = nameOf(name, incoming, secure);
    if (!present.has(full)) continue;
    outgoing.appendHeader(
      "set-cookie",
      `${full}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? "; Secure" : ""}`,
    );
  }
}
