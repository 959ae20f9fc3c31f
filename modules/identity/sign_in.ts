import {
  type AccountSession,
  type Begun,
  type CallContext,
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
      return { login: { via: "token" as const, id, name, scopes, expires_at, next: null } };
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
    const asked = { password, known: device !== undefined };
    const { verified } = await ask<{ verified: boolean }>(context, "owner.verify", asked).catch((error) => {
      attempt.undo();
      throw error;
    });
    if (!verified) {
      await note(context, "sign_in_failed", "password", {
        address: visit.address,
        known_device: asked.known,
      });
      throw new FieldworkError("unauthenticated", "That is not the password.", {
        remedy: "Try again. If it is forgotten, on the machine itself: fw password reset",
      });
    }
    attempt.succeeded();
    return beginSession(context, "password", owner, visit);
  }),
  provide(capability("account.passkey.challenge"), ({ origin }, { host }) => ({
    options: requestOptions(origin, identityOf(host).challenges) as unknown as JsonObject,
  })),
  provide(capability("account.passkey.login"), async ({ origin, response, visit }, context) => {
    const { passkeys, challenges, failureDue } = identityOf(context.host);
    const { owner } = await ownerOf(context);
    if (owner === null) throw noOwner();
    const known = passkeys.credentials(relyingParty(origin));
    const { id, counter, synced } = await readAnswer(origin, response, known, challenges).catch(
      async (error) => {
        if (failureDue())
          await note(context, "sign_in_failed", "passkey", { address: visit.address, known_device: false });
        throw error;
      },
    );
    passkeys.used(id, counter, synced);
    return beginSession(context, "passkey", owner, visit);
  }),
];

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
    remedy: "Open the panel on the machine itself, or run `fw setup --owner NAME` there.",
  });
