import type { IncomingMessage, ServerResponse } from "node:http";
import type { Begun, Confirmed, Visit } from "#contract";
import { peerOf } from "./address.ts";
import type { Cookies } from "./cookies.ts";
import { secondsUntil } from "./identify.ts";

/** Where a request to sign in comes from, as the connection and its cookies tell. */
export function visitOf(incoming: IncomingMessage, cookies: Cookies): Visit {
  const [device, replaces] = [cookies.read(incoming, "device"), cookies.read(incoming, "session")];
  return {
    address: peerOf(incoming),
    user_agent: (incoming.headers["user-agent"] ?? "").slice(0, 512),
    ...(device === undefined ? {} : { device }),
    ...(replaces === undefined ? {} : { replaces }),
  };
}

interface Answering {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly service: { readonly cookies: Cookies };
}

/** Hands a session that began to the browser. */
export function giveSession({ incoming, outgoing, service }: Answering, begun: Begun): void {
  const { token, device, session } = begun;
  service.cookies.write(incoming, outgoing, "session", token, secondsUntil(session.expires_at));
  if (device !== null) service.cookies.write(incoming, outgoing, "device", device);
}

/** Hands a session's next token to its browser. */
export const renewSession = (
  { incoming, outgoing, service }: Answering,
  { token, expires_at }: Confirmed,
): void => service.cookies.write(incoming, outgoing, "session", token, secondsUntil(expires_at));
