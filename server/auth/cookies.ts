import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Two cookies: the session, and the mark of a device that signed in once. A browser keeps cookies by host alone, whatever the port:
 * their names tell the home, so that two servers behind one host do not sign each other out, whatever ports they have there. Where the
 * page came over TLS the names begin with `__Host-`, which a browser takes from a secure origin alone (RFC 6265bis).
 */
export interface Cookies {
  /** The value of a cookie, the one of a secure origin first; what is no value of ours does not count. */
  read(incoming: IncomingMessage, name: CookieName): string | undefined;
  /** Adds to the answer, whichever it will be. @param seconds  as long as browsers keep any, where it is not said */
  write(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    name: CookieName,
    value: string,
    seconds?: number,
  ): void;
  clear(incoming: IncomingMessage, outgoing: ServerResponse, name: CookieName): void;
}
type CookieName = "session" | "device";

/** As long as browsers keep any cookie. */
const LONGEST_SECONDS = 400 * 24 * 3600;
const VALUE = /^[A-Za-z0-9_-]{1,128}$/;
const HOME_CHARS = 12;

/** @param token  the local token, which each home has for itself; a part of its hash is in the names */
export function createCookies(token: string): Cookies {
  const home = createHash("sha256").update(`cookies ${token}`).digest("hex").slice(0, HOME_CHARS);
  const nameOf = (name: CookieName, secure: boolean): string =>
    `${secure ? "__Host-" : ""}fw_${name}_${home}`;
  return {
    read(incoming, name) {
      const all = parse(incoming.headers.cookie ?? "");
      const found = all.get(nameOf(name, true));
      if (found !== undefined || isSecure(incoming)) return found;
      return all.get(nameOf(name, false));
    },
    write(incoming, outgoing, name, value, seconds = LONGEST_SECONDS) {
      const secure = isSecure(incoming) || parse(incoming.headers.cookie ?? "").has(nameOf(name, true));
      const attributes = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? "; Secure" : ""}`;
      outgoing.appendHeader("set-cookie", `${nameOf(name, secure)}=${value}; ${attributes}`);
    },
    clear(incoming, outgoing, name) {
      const present = parse(incoming.headers.cookie ?? "");
      for (const secure of [true, false]) {
        const full = nameOf(name, secure);
        if (!present.has(full)) continue;
        outgoing.appendHeader(
          "set-cookie",
          `${full}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0${secure ? "; Secure" : ""}`,
        );
      }
    },
  };
}

/** Did the browser come over TLS, as a proxy in front or the page's own origin says? */
function isSecure({ headers }: IncomingMessage): boolean {
  return headers["x-forwarded-proto"] === "https" || (headers.origin ?? "").startsWith("https://");
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
