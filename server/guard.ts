import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { FieldworkError } from "#contract";

/** Decides from the headers alone whether a request may go on. Throws `denied` or `unauthenticated`. */
export interface Guard {
  /** Refuses a Host that is neither loopback nor ours: a name that an attacker points at this machine (DNS rebinding). */
  host(headers: IncomingHttpHeaders): void;
  /** Refuses what a page of another origin sent. */
  origin(headers: IncomingHttpHeaders): void;
  /** Refuses whoever does not hold the local token. */
  token(headers: IncomingHttpHeaders): void;
}

/** @param host the address the server is bound to; @param token the local token, not empty */
export function createGuard({ host, token }: { readonly host: string; readonly token: string }): Guard {
  if (token.length < 16) throw new Error("the local token has fewer than 16 characters");
  const expected = digest(token);
  const ours = bare(host);
  const wildcard = ours === "0.0.0.0" || ours === "::";
  const known = (name: string) => isLoopback(name) || name === ours || (wildcard && isIP(name) !== 0);
  return {
    host(headers) {
      const name = hostName(headers.host ?? "");
      if (name === undefined || !known(name))
        throw new FieldworkError("denied", "this name does not belong to the server", {
          remedy: `Open it as ${wildcard ? "its IP address" : ours} or localhost, or set FIELDWORK_HOST.`,
        });
    },
    origin(headers) {
      const site = headers["sec-fetch-site"];
      const own = headers.origin === undefined || headers.origin === `http://${headers.host}`;
      if (!own || (site !== undefined && site !== "same-origin" && site !== "none"))
        throw new FieldworkError("denied", "a page of another site may not call this server", {
          remedy: "Open the server's own page, or call it from a program with the local token.",
        });
    },
    token(headers) {
      const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(headers.authorization ?? "")?.[1];
      if (given === undefined || !timingSafeEqual(digest(given), expected))
        throw new FieldworkError("unauthenticated", "the request carries no valid token");
    },
  };
}

/** Equal lengths for the comparison, whatever was sent. */
const digest = (text: string) => createHash("sha256").update(text).digest();

const bare = (host: string) => host.toLowerCase().replace(/^\[(.*)\]$/, "$1");

/** The name in a Host header, without port and brackets; `undefined` where it is not one. */
function hostName(header: string): string | undefined {
  const found = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i.exec(header);
  return found?.[1] === undefined ? undefined : bare(found[1]);
}

function isLoopback(name: string): boolean {
  if (name === "localhost" || name.endsWith(".localhost") || name === "::1") return true;
  return isIP(name) === 4 && name.startsWith("127.");
}
