import { z } from "zod";
import {
  ACTIONS,
  accountSession,
  type Begun,
  type CapabilityName,
  type Confirmed,
  FieldworkError,
  fromErrorData,
  type JsonObject,
  jsonObject,
  type Reply,
  succeed,
} from "#contract";
import { answer } from "../answer.ts";
import {
  giveSession,
  hostName,
  isThisMachine,
  LOCAL_OWNER,
  renewSession,
  SIGN_IN,
  visitOf,
} from "../auth/index.ts";
import { readJson } from "../json_body.ts";
import { parseInput } from "../parse_input.ts";
import { type Exchange, type Route, route } from "../route.ts";
import { face } from "./face.ts";

const WAYS = ["password", "passkey"] as const;
const ONCE_SIGNED_IN = ["local", "session", "token"] as const;

const state = z.object({
  setup: z.object({
    needed: z.boolean().describe("There is no owner yet"),
    here: z.boolean().describe("The account may be made from here: on the same machine, under a name of it"),
  }),
  ways: z.array(z.enum(WAYS)).describe("How one can sign in"),
  passkey_host: z
    .boolean()
    .describe("Passkeys work under the name in the address bar; never under an IP address"),
  signed_in: z
    .object({
      owner: z.string(),
      via: z.enum(ONCE_SIGNED_IN),
      id: z.string().describe("Of the session or token"),
    })
    .nullable(),
});

const signedIn = z.object({ owner: z.string(), session: accountSession });
const login = z.strictObject({ password: z.string().min(1).max(1024) });
const setup = z.strictObject({ owner: z.string().min(1).max(64), password: z.string().min(10).max(1024) });
const passkeyLogin = z.strictObject({
  response: jsonObject.describe("AuthenticationResponseJSON of WebAuthn"),
});
const confirm = z.union([login, passkeyLogin]);
const confirmedUntil = z.object({ until: z.string().describe("Until then nobody asks again") });
const passkeyAdd = z.strictObject({
  name: z.string().min(1).max(64),
  response: jsonObject.describe("RegistrationResponseJSON of WebAuthn"),
});
const webauthnOptions = z.object({ options: jsonObject });

/** The account: who is signed in, signing in and out, sessions, passkeys, API tokens. */
export const accountRoutes: readonly Route[] = [
  route({
    method: "GET",
    path: "/api/account",
    access: "visitor",
    summary: "Whether there is an owner, who is signed in, and how one can sign in.",
    results: { 200: state },
    async handle({ service, caller, incoming }) {
      const { owner, ways } = await ask<{ owner: string | null; ways: readonly string[] }>(
        await service.kernel.call(SIGN_IN, "account.state", {}),
      );
      const { login: by } = caller;
      return answer(
        succeed({
          setup: { needed: owner === null, here: isThisMachine(incoming) },
          ways: [...ways],
          passkey_host: isDomain(hostName(incoming.headers.host ?? "") ?? ""),
          signed_in: caller.tier === "owner" && by ? { owner: owner ?? "", via: by.via, id: by.id } : null,
        }),
      );
    },
  }),
  route({
    method: "POST",
    path: "/api/account/setup",
    access: "open",
    summary: "Create the owner's account and sign in; only on this machine, only while there is no owner.",
    body: setup,
    results: { 200: signedIn },
    async handle(exchange) {
      if (!isThisMachine(exchange.incoming))
        throw new FieldworkError("denied", "the account is made on the machine that the server runs on", {
          remedy: "Open http://localhost there, or run the command there.",
          action: ACTIONS.set_up(),
        });
      const given = parseInput(setup, await readJson(exchange.incoming, exchange.service.limits));
      return begin(exchange, "account.setup", given);
    },
  }),
  route({
    method: "POST",
    path: "/api/account/login",
    access: "open",
    summary: "Sign in with the password; the session is a cookie.",
    body: login,
    results: { 200: signedIn },
    async handle(exchange) {
      const given = parseInput(login, await readJson(exchange.incoming, exchange.service.limits));
      return begin(exchange, "account.login", given);
    },
  }),
  route({
    method: "POST",
    path: "/api/account/login/passkey/options",
    access: "open",
    summary: "What `navigator.credentials.get` needs to sign in with a passkey.",
    results: { 200: webauthnOptions },
    async handle({ service, incoming, signal }) {
      const args = { origin: originOf(incoming) };
      return answer(await service.kernel.call(SIGN_IN, "account.passkey.challenge", args, { signal }));
    },
  }),
  route({
    method: "POST",
    path: "/api/account/login/passkey",
    access: "open",
    summary: "Sign in with what the passkey answered; the session is a cookie.",
    body: passkeyLogin,
    results: { 200: signedIn },
    async handle(exchange) {
      const { incoming, service } = exchange;
      const { response } = parseInput(passkeyLogin, await readJson(incoming, service.limits));
      return begin(exchange, "account.passkey.login", { response, origin: originOf(incoming) });
    },
  }),
  route({
    method: "POST",
    path: "/api/account/logout",
    summary: "End this session.",
    capability: "account.logout",
    async handle({ service, caller, incoming, outgoing, signal }) {
      const reply = await service.kernel.call(caller, "account.logout", {}, { signal });
      if (reply.ok) service.cookies.clear(incoming, outgoing, "session");
      return answer(reply);
    },
  }),
  route({
    method: "POST",
    path: "/api/account/confirm",
    summary:
      "Prove anew, by password or passkey, that it is you: what wants that answers `confirmation_required`. The session's cookie is renewed.",
    body: confirm,
    results: { 200: confirmedUntil },
    async handle(exchange) {
      const { service, caller, incoming, signal } = exchange;
      const { login: by } = caller;
      if (by?.via !== "session")
        throw new FieldworkError("conflict", "Only a session is confirmed; a token is never asked.", {
          remedy: "Go on: a token may do what its scopes say.",
        });
      const given = parseInput(confirm, await readJson(incoming, service.limits));
      const proof = "response" in given ? { ...given, origin: originOf(incoming) } : given;
      const args = { session: by.id, proof };
      const proved = ask<Confirmed>(await service.kernel.call(SIGN_IN, "account.confirm", args, { signal }));
      renewSession(exchange, proved);
      return answer(succeed({ until: proved.until }));
    },
  }),
  face("GET", "/api/account/details", "account.show"),
  face("POST", "/api/account/password", "account.password"),
  face("GET", "/api/account/sessions", "account.session.list"),
  face("POST", "/api/account/sessions/revoke-others", "account.session.revoke", { always: { others: true } }),
  face("DELETE", "/api/account/sessions/{id}", "account.session.revoke"),
  face("GET", "/api/account/passkeys", "account.passkey.list"),
  route({
    method: "POST",
    path: "/api/account/passkeys/options",
    summary: "What `navigator.credentials.create` needs to make a passkey.",
    capability: "account.passkey.options",
    async handle({ service, caller, incoming, signal }) {
      const args = { origin: originOf(incoming) };
      return answer(await service.kernel.call(caller, "account.passkey.options", args, { signal }));
    },
  }),
  route({
    method: "POST",
    path: "/api/account/passkeys",
    summary: "Keep the passkey that the browser made.",
    body: passkeyAdd,
    capability: "account.passkey.add",
    async handle({ service, caller, incoming, signal }) {
      const given = parseInput(passkeyAdd, await readJson(incoming, service.limits));
      const args = { ...given, origin: originOf(incoming) };
      return answer(await service.kernel.call(caller, "account.passkey.add", args, { signal }));
    },
  }),
  face("POST", "/api/account/passkeys/{id}", "account.passkey.rename"),
  face("DELETE", "/api/account/passkeys/{id}", "account.passkey.remove"),
  face("GET", "/api/account/tokens", "account.token.list"),
  face("POST", "/api/account/tokens", "account.token.make"),
  face("POST", "/api/account/tokens/{id}", "account.token.narrow"),
  face("DELETE", "/api/account/tokens/{id}", "account.token.revoke"),
];

/** Begins a session, and hands its token to the browser as a cookie alone. */
async function begin(exchange: Exchange, name: CapabilityName, given: JsonObject): Promise<Response> {
  const caller = name === "account.setup" ? LOCAL_OWNER : SIGN_IN;
  const { service, incoming, signal } = exchange;
  const args = { ...given, visit: visitOf(incoming, service.cookies) };
  const begun = ask<Begun>(await service.kernel.call(caller, name, args, { signal }));
  giveSession(exchange, begun);
  return answer(succeed({ owner: begun.owner, session: begun.session }));
}

/** @throws FieldworkError the reply's error */
function ask<T>(reply: Reply): T {
  if (!reply.ok) throw fromErrorData(reply.error);
  return reply.result as T;
}

/** The page's own origin, which the guard has compared with the Host; browsers send it with every POST. */
const originOf = ({ headers }: Exchange["incoming"]): string => headers.origin ?? `http://${headers.host}`;

const isDomain = (name: string): boolean => /[a-z]/i.test(name) && !name.includes(":");
