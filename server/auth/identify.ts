import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Caller, FieldworkError, fromErrorData, type Identified } from "#contract";
import type { KernelPort } from "../port.ts";
import { peerOf } from "./address.ts";
import { LOCAL_OWNER, SIGN_IN } from "./callers.ts";
import type { Cookies } from "./cookies.ts";
import { checkCookieRequest } from "./same_origin.ts";

/**
 * Finds out who a request comes from: the local token, an API token or a session, in this order; a bearer token that does not hold
 * is never made good by a cookie. `undefined` where it carries nothing that holds. A session's cookie is renewed when it is due.
 * @throws FieldworkError `denied` for a cookie on a request that the server's own page did not make
 */
export type Identify = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<Caller | undefined>;

/** @param token  the local token, not empty */
export function createIdentify(kernel: Pick<KernelPort, "call">, token: string, cookies: Cookies): Identify {
  if (token.length < 16) throw new Error("the local token has fewer than 16 characters");
  const local = digest(token);

  const ask = async (incoming: IncomingMessage, kind: "session" | "token", value: string) => {
    const args = { kind, value, address: peerOf(incoming) };
    const reply = await kernel.call(SIGN_IN, "account.identify", args);
    if (!reply.ok) throw fromErrorData(reply.error);
    return (reply.result as Identified).login;
  };

  return async (incoming, outgoing) => {
    const { authorization } = incoming.headers;
    if (authorization !== undefined) {
      const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
      if (given === undefined) return undefined;
      if (timingSafeEqual(digest(given), local)) return LOCAL_OWNER;
      if (!given.startsWith("fwt_")) return undefined;
      const found = await ask(incoming, "token", given);
      if (!found) return undefined;
      const login = { via: "token", id: found.id, scopes: found.scopes ?? [] } as const;
      return { id: `token:${found.name}`, tier: "owner", login };
    }
    const session = cookies.read(incoming, "session");
    if (session === undefined) return undefined;
    checkCookieRequest(incoming);
    const found = await ask(incoming, "session", session);
    if (!found) {
      cookies.clear(incoming, outgoing, "session");
      return undefined;
    }
    if (found.next !== null)
      cookies.write(incoming, outgoing, "session", found.next, secondsUntil(found.expires_at));
    const proved = found.proved_at === null ? {} : { proved_at: Date.parse(found.proved_at) };
    return { id: "owner", tier: "owner", login: { via: "session", id: found.id, ...proved } };
  };
}

export const unauthenticated = (): FieldworkError =>
  new FieldworkError("unauthenticated", "the request carries no valid session or token");

export const secondsUntil = (time: string | null): number =>
  time === null ? 0 : Math.max(0, Math.round((Date.parse(time) - Date.now()) / 1000));

/** Equal lengths for the comparison, whatever was sent. */
const digest = (text: string) => createHash("sha256").update(text).digest();
