import type { IncomingMessage, ServerResponse } from "node:http";
import type { Begun, Confirmed, Visit } from "#contract";
import { peerOf } from "./address.ts";
import { readCookie, writeCookie } from "./cookies.ts";
import { secondsUntil } from "./identify.ts";

/** Where a request to sign in comes from, as the connection and its cookies tell. */
export function visitOf(incoming: IncomingMessage): Visit {
  const [device, replaces] = [readCookie(incoming, "device"), readCookie(incoming, "session")];
  return {
    address: peerOf(incoming),
    user_agent: (incoming.headers["user-agent"] ?? "").slice(0, 512),
    ...(device === undefined ? {} : { device }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

/** Hands a session that began to the browser. */
export function giveSession(incoming: IncomingMessage, outgoing: ServerResponse, session: Begun): void {
  writeCookie(incoming, outgoing, "session", session.token, secondsUntil(session.session.expires_at));
  if (session.device !== null) writeCookie(incoming, outgoing, "device", session.device);
}

/** Hands a session's next token to its browser. */
export const renewSession = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { token, expires_at }: Confirmed,
): void => writeCookie(incoming, outgoing, "session", token, secondsUntil(expires_at));
