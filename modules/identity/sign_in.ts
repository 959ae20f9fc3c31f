import {
  ACTIONS,
  type AccountSession,
  type Begun,
  type CallContext,
  CONFIRMED_FOR_MS,
  capability,
  FieldworkError,
  type JsonObject,
  type Provider,
  provide,
  type Visit,
} from "#contract";
import { ask, identityOf, note } from "./identity.ts";
import { readAnswer, requestOptions } from "./passkey/ceremony.ts";
import { relyingParty } from "./passkey/relying_party.ts";
import { isoTime } from "./secret_value.ts";
import { PROVED_PRIOR_MS } from "./session/sessions.ts";
import type { Attempt } from "./throttle/throttle.ts";

const STREAM_LATE_MS = 1000;

/** What anybody can ask before it is known who it is. */
export const signIn: readonly Provider[] = [
  provide(capability("account.state"), async (_, context) => {
    const { owner } = await ownerOf(context);
    if (owner === null) return { owner, ways: [] };
    const withPasskey = identityOf(context.host).passkeys.list().length > 0;
    return { owner, ways: withPasskey ? ["password" as const, "passkey" as const] : ["password" as const] };
  }),
  provide(capability("account.identify"), ({ kind, value, address }, { host }) => {
    const { sessions, tokens } = identityOf(host);
    if (kind === "token") {
      const token = tokens.use(value);
      if (!token) return { login: null };
      const { id, name, scopes, expires_at } = token;
      return {
        login: { via: "token" as const, id, name, scopes, expires_at, next: null, proved_at: null },
      };
    }
    const session = sessions.use(value, address);
    return { login: session ? { via: "session" as const, name: "owner", scopes: null, ...session } : null };
  }),
  provide(capability("account.login"), async ({ password, visit }, context) => {
    const { owner } = await ownerOf(context);
    if (owner === null) throw noOwner();
    const { devices, throttle } = identityOf(context.host);
    const device = devices.known(visit.device);
    const attempt = throttle.attempt(device === undefined ? { address: visit.address } : { device });
    const known = device !== undefined;
    if (!(await isPassword(context, password, known, attempt))) {
      await note(context, "sign_in_failed", "password", { address: visit.address, known_device: known });
      throw new FieldworkError("unauthenticated", "That is not the password.", {
        remedy: "Try again. If it is forgotten, it is set anew on the machine itself.",
        action: ACTIONS.reset_password(),
      });
    }
    return beginSession(context, "password", owner, visit);
  }),
  provide(capability("account.passkey.challenge"), ({ origin }, { host }) => ({
    options: requestOptions(origin, identityOf(host).challenges) as unknown as JsonObject,
  })),
  provide(capability("account.passkey.login"), async ({ origin, response, visit }, context) => {
    const { failureDue } = identityOf(context.host);
    const { owner } = await ownerOf(context);
    if (owner === null) throw noOwner();
    await readPasskey(context, origin, response).catch(async (error) => {
      if (failureDue())
        await note(context, "sign_in_failed", "passkey", { address: visit.address, known_device: false });
      throw error;
    });
    return beginSession(context, "passkey", owner, visit);
  }),
  provide(capability("account.confirm"), async ({ session, proof }, context) => {
    const { sessions, throttle, failureDue, ended, durable } = identityOf(context.host);
    if ("password" in proof) {
      const attempt = throttle.attempt({ login: session });
      if (!(await isPassword(context, proof.password, true, attempt))) {
        await note(context, "confirm_failed", session, { via: "password" });
        throw new FieldworkError("denied", "That is not the password.", {
          remedy: "Try again. If it is forgotten, it is set anew on the machine itself.",
          action: ACTIONS.reset_password(),
        });
      }
    } else {
      await readPasskey(context, proof.origin, proof.response).catch(async (error: FieldworkError) => {
        if (failureDue()) await note(context, "confirm_failed", session, { via: "passkey" });
        // The session itself still holds.
        throw error.code === "unauthenticated"
          ? new FieldworkError("denied", error.message, { remedy: "Try again, or take the password." })
          : error;
      });
    }
    const proved = sessions.prove(session);
    if (!proved) throw new FieldworkError("unauthenticated", "The session has ended.");
    await note(context, "confirmed", session, { via: "password" in proof ? "password" : "passkey" });
    await durable();
    // A stream that a copy of the old token opened ends with that; the browser's own goes on with the new one.
    setTimeout(() => ended([session], context.trace), PROVED_PRIOR_MS + STREAM_LATE_MS).unref();
    return { ...proved, until: isoTime(context.host.now() + CONFIRMED_FOR_MS) };
  }),
];

/** What was tried is counted as failed unless it was right, or was not tried at all. */
async function isPassword(
  context: CallContext,
  password: string,
  known: boolean,
  attempt: Attempt,
): Promise<boolean> {
  const { verified } = await ask<{ verified: boolean }>(context, "owner.verify", { password, known }).catch(
    (error) => {
      attempt.undo();
      throw error;
    },
  );
  if (verified) attempt.succeeded();
  return verified;
}

/** A passkey of the owner answered. @throws FieldworkError `unauthenticated`, `rate_limited`, `invalid_input` */
async function readPasskey({ host }: CallContext, origin: string, response: JsonObject): Promise<void> {
  const { passkeys, challenges } = identityOf(host);
  const known = passkeys.credentials(relyingParty(origin));
  const { id, counter, synced } = await readAnswer(origin, response, known, challenges);
  passkeys.used(id, counter, synced);
}

export const ownerOf = (context: CallContext) =>
  ask<{ owner: string | null; made_at: string | null }>(context, "owner.show", {});

/** A new token each time, whatever the browser came with: nobody can sign another in to a session that he knows. */
export async function beginSession(
  context: CallContext,
  via: AccountSession["via"],
  owner: string,
  { address, user_agent, device, replaces }: Visit,
): Promise<Begun> {
  const { sessions, devices, ended, durable } = identityOf(context.host);
  if (replaces !== undefined) ended(sessions.endByToken(replaces), context.trace);
  const mark = devices.known(device) === undefined ? devices.add() : null;
  const { token, session } = sessions.begin({ via, user_agent, address });
  await note(context, "signed_in", session.id, { via, address, device: session.device });
  await durable();
  return { token, device: mark, owner, session };
}

const noOwner = () =>
  new FieldworkError("conflict", "There is no owner yet.", {
    remedy: "Open the panel on the machine itself, or run the command there.",
    action: ACTIONS.set_up(),
  });
