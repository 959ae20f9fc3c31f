import { ACTIONS, capability, FieldworkError, type JsonObject, type Provider, provide } from "#contract";
import { ask, identityOf, note } from "./identity.ts";
import { creationOptions, readCreated } from "./passkey/ceremony.ts";
import { relyingParty } from "./passkey/relying_party.ts";
import { isoTime } from "./secret_value.ts";
import { beginSession, ownerOf } from "./sign_in.ts";

const OK = { ok: true } as const;

/** The account and its sessions, as their owner handles them. */
const accountProviders: readonly Provider[] = [
  provide(capability("account.setup"), async ({ owner, password, visit }, context) => {
    await context.call("system.setup", { owner, password });
    return beginSession(context, "setup", owner, visit);
  }),
  provide(capability("account.show"), async (_, context) => {
    const { sessions, passkeys, tokens, passwordChanged } = identityOf(context.host);
    const { owner, made_at } = await ownerOf(context);
    const changed = passwordChanged.get();
    return {
      owner,
      made_at,
      password_changed_at: changed === null ? made_at : isoTime(changed),
      sessions: sessions.count(),
      passkeys: passkeys.list().length,
      tokens: tokens.list().length,
    };
  }),
  provide(capability("account.password"), async ({ current, password }, context) => {
    const { sessions, throttle, passwordChanged, ended, durable } = identityOf(context.host);
    const { login } = context.caller;
    const attempt = throttle.attempt({ login: login?.id || "local" });
    await ask(context, "owner.password", { current, password }).catch(async (error) => {
      if (!(error instanceof FieldworkError) || error.code !== "denied") attempt.undo();
      else await note(context, "password_change_failed", "owner");
      throw error;
    });
    attempt.succeeded();
    passwordChanged.set();
    const gone = sessions.endOthers(login?.via === "session" ? login.id : undefined);
    ended(gone, context.trace);
    await note(context, "password_changed", "owner", { ended: gone.length });
    await durable();
    return { ended: gone.length };
  }),
  provide(capability("account.reset"), async ({ password }, context) => {
    if (context.caller.login?.via !== "local")
      throw new FieldworkError("denied", "A password is reset from the machine itself alone.", {
        remedy: "Run the command there.",
        action: ACTIONS.reset_password(),
      });
    const { sessions, devices, throttle, passkeys, tokens, passwordChanged, ended, durable } = identityOf(
      context.host,
    );
    await ask(context, "owner.password", { password });
    passwordChanged.set();
    devices.forgetAll();
    throttle.forgetAll();
    const gone = sessions.endOthers(undefined);
    ended(gone, context.trace);
    await note(context, "password_reset", "owner", { ended: gone.length });
    await durable();
    return { ended: gone.length, passkeys: passkeys.list().length, tokens: tokens.list().length };
  }),
  provide(capability("account.session.list"), (_, { host, caller }) => ({
    sessions: identityOf(host).sessions.list(caller.login?.id),
  })),
  provide(capability("account.session.revoke"), async (args, context) => {
    const { sessions, ended, durable } = identityOf(context.host);
    const { login } = context.caller;
    const own = login?.via === "session" ? login.id : undefined;
    const gone = "id" in args ? sessions.end([args.id]) : sessions.endOthers(own);
    if ("id" in args && gone.length === 0)
      throw new FieldworkError("not_found", `There is no session ${args.id}.`, {
        remedy: "Look which there are.",
        action: ACTIONS.see_sessions(),
      });
    ended(gone, context.trace);
    for (const id of gone) await note(context, "session_revoked", id);
    await durable();
    return { ended: gone.length };
  }),
  provide(capability("account.logout"), async (_, context) => {
    const { sessions, ended, durable } = identityOf(context.host);
    const { login } = context.caller;
    if (login?.via !== "session")
      throw new FieldworkError("conflict", "Only a session can be signed out; this is a token.", {
        remedy: "Revoke the token instead.",
        action: ACTIONS.see_tokens(),
      });
    const gone = sessions.end([login.id]);
    ended(gone, context.trace);
    await note(context, "signed_out", login.id);
    await durable();
    return { ended: gone.length };
  }),
];

const passkeyProviders: readonly Provider[] = [
  provide(capability("account.passkey.list"), (_, { host }) => ({
    passkeys: identityOf(host).passkeys.list(),
  })),
  provide(capability("account.passkey.options"), async ({ origin }, context) => {
    const { passkeys, challenges, handle } = identityOf(context.host);
    const { owner } = await ownerOf(context);
    const known = passkeys.credentials(relyingParty(origin));
    const person = { name: owner ?? "owner", handle: handle() };
    return { options: creationOptions(origin, person, known, challenges) as unknown as JsonObject };
  }),
  provide(capability("account.passkey.add"), async ({ origin, name, response }, context) => {
    const { passkeys, challenges, durable } = identityOf(context.host);
    const made = passkeys.add({ ...(await readCreated(origin, response, challenges)), name });
    await note(context, "passkey_added", made.name, { id: made.id, rp_id: made.rp_id });
    await durable();
    return made;
  }),
  provide(capability("account.passkey.rename"), async ({ id, name }, { host }) => {
    const { passkeys, durable } = identityOf(host);
    const renamed = passkeys.rename(id, name);
    await durable();
    return renamed;
  }),
  provide(capability("account.passkey.remove"), async ({ id }, context) => {
    const { passkeys, durable } = identityOf(context.host);
    const removed = passkeys.remove(id);
    await note(context, "passkey_removed", removed.name, { id });
    await durable();
    return OK;
  }),
];

const tokenProviders: readonly Provider[] = [
  provide(capability("account.token.list"), (_, { host }) => ({ tokens: identityOf(host).tokens.list() })),
  provide(capability("account.token.make"), async ({ name, scopes, expires_at }, context) => {
    const { tokens, durable } = identityOf(context.host);
    const until = expires_at === undefined ? null : Date.parse(expires_at);
    const made = tokens.make({ name, scopes, expires_at: until }, context.caller.login);
    await note(context, "token_made", made.token.id, { name, scopes: [...scopes] });
    await durable();
    return made;
  }),
  provide(capability("account.token.narrow"), async ({ id, scopes }, context) => {
    const { tokens, ended, durable } = identityOf(context.host);
    const narrowed = tokens.narrow(id, scopes);
    // What it holds open was judged by the scopes it had.
    ended([id], context.trace);
    await note(context, "token_narrowed", id, { name: narrowed.name, scopes: [...scopes] });
    await durable();
    return narrowed;
  }),
  provide(capability("account.token.revoke"), async ({ id }, context) => {
    const { tokens, ended, durable } = identityOf(context.host);
    const gone = tokens.revoke(id);
    if (gone.length === 0)
      throw new FieldworkError("not_found", `There is no token ${id}.`, {
        remedy: "Look which there are.",
        action: ACTIONS.see_tokens(),
      });
    ended(gone, context.trace);
    for (const one of gone) await note(context, "token_revoked", one);
    await durable();
    return { revoked: gone.length };
  }),
];

export const ownerProviders: readonly Provider[] = [
  ...accountProviders,
  ...passkeyProviders,
  ...tokenProviders,
];
