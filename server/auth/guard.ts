import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { FieldworkError } from "#contract";
import { bare, hostName, isLoopbackName } from "./address.ts";
import { checkOrigin } from "./same_origin.ts";

/** Decides from the headers alone whether a request may go on to be asked who sent it. Throws `denied` or `invalid_input`. */
export interface Guard {
  /** Refuses a Host that is neither loopback nor ours: a name that an attacker points at this machine (DNS rebinding). And a WebSocket. */
  host(headers: IncomingHttpHeaders): void;
  /** Refuses what a page of another origin sent. */
  origin(headers: IncomingHttpHeaders): void;
}

/** @param host  the address the server is bound to */
export function createGuard(host: string): Guard {
  const ours = bare(host);
  const wildcard = ours === "0.0.0.0" || ours === "::";
  const known = (name: string) => isLoopbackName(name) || name === ours || (wildcard && isIP(name) !== 0);

  return {
    host(headers) {
      const name = hostName(headers.host ?? "");
      if (name === undefined || !known(name))
        throw new FieldworkError("denied", "this name does not belong to the server", {
          remedy: `Open it as ${wildcard ? "its IP address" : ours} or localhost, or set FIELDWORK_HOST.`,
        });
      if (!/\bwebsocket\b/i.test(headers.upgrade ?? "")) return;
      checkOrigin(headers);
      throw new FieldworkError("invalid_input", "there is no WebSocket here", {
        remedy: "Follow /api/events, a stream of server-sent events.",
      });
    },
    origin: checkOrigin,
  };
}
