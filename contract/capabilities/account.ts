import { z } from "zod";
import { type Capability, defineCapability, type Effect } from "../capability.ts";
import { done, empty, isoTime, jsonObject } from "../schema.ts";
import { tokenScopes } from "../token-scope.ts";
import { owner } from "./grades.ts";

const password = z.string().min(10).max(1024);
const given = z.string().min(1).max(1024).describe("The password there is now");
const name = z.string().trim().min(1).max(64);
const id = z.string().max(64);
const origin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[^/?#@\s]+$/)
  .describe("Where the page was opened, such as `http://localhost:1987`");

/** The live event that sessions and API tokens ended or hold less: what they hold open ends. Their ids are its `logins`. */
export const LOGINS_ENDED = "account.ended";

const sessionWays = ["setup", "password", "passkey"] as const;

export const accountSession = z.object({
  id: z.string(),
  via: z.enum(sessionWays).describe("How it was begun"),
  device: z.string().describe("In words, such as `Firefox on Linux`"),
  user_agent: z.string(),
  address: z.string().describe("Where it was used from last"),
  made_at: isoTime,
  used_at: isoTime,
  expires_at: isoTime,
  current: z.boolean().describe("The one that asks"),
});
export type AccountSession = z.infer<typeof accountSession>;

export const passkey = z.object({
  id: z.string(),
  name: z.string(),
  rp_id: z.string().describe("The name of the server it was made for"),
  synced: z.boolean().describe("Kept by a provider on several devices, or on one alone"),
  made_at: isoTime,
  used_at: isoTime.nullable(),
});
export type Passkey = z.infer<typeof passkey>;

const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  made_by: z.string().nullable().describe("The token that made it, which takes it along when it is revoked"),
  made_at: isoTime,
  used_at: isoTime.nullable(),
  expires_at: isoTime.nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;

/** Where a request to sign in comes from. */
export const visit = z.strictObject({
  address: z.string().max(64),
  user_agent: z.string().max(512).default(""),
  device: z.string().max(128).optional().describe("The mark that a device got when it signed in before"),
  replaces: z.string().max(128).optional().describe("A session of the same browser, which ends"),
});
export type Visit = z.infer<typeof visit>;

/** A session that begins: its token, and the mark of a device that had none. Both are kept as hashes only. */
export const begun = z.object({
  token: z.string(),
  device: z.string().nullable(),
  owner: z.string(),
  session: accountSession,
});
export type Begun = z.infer<typeof begun>;

/** Who a request comes from, by the value it carries; `next` is the session's next token, once it is due. */
const identified = z.object({
  login: z
    .object({
      via: z.enum(["session", "token"]),
      id: z.string(),
      name: z.string(),
      scopes: z.array(z.string()).nullable(),
      expires_at: isoTime.nullable(),
      next: z.string().nullable(),
      proved_at: isoTime
        .nullable()
        .describe("When the person behind a session proved to be the owner, by what this request carries"),
    })
    .nullable(),
});
export type Identified = z.infer<typeof identified>;

/** A session whose person proved anew to be the owner: its next token, which whoever else had a copy of the one before has not. */
export const confirmed = z.object({
  token: z.string(),
  expires_at: isoTime,
  until: isoTime.describe("Until then nobody asks again"),
});
export type Confirmed = z.infer<typeof confirmed>;

/** What the owner does with the account; an API token covers it only by naming it or its family. */
const act = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  of: N,
  effect: Effect,
  summary: string,
  input: I,
  output: O,
  more: Pick<Capability, "confidential" | "confirm"> = {},
) => owner(of, effect, summary, input, output, { guarded: true, ...more });

/** What the server asks before it knows who it speaks for. Not recorded by itself: whoever knocks would write the journal. */
const knock = <const N extends string, I extends z.ZodType, O extends z.ZodType>(
  of: N,
  effect: "read" | "write",
  summary: string,
  input: I,
  output: O,
) =>
  defineCapability({
    name: of,
    summary,
    grant: "tier",
    tier: "system",
    effect,
    input,
    output,
    guarded: true,
    confidential: true,
    unrecorded: true,
  });

export const account = [
  knock(
    "account.state",
    "read",
    "Whether there is an owner, and the ways to sign in.",
    empty,
    z.object({ owner: z.string().nullable(), ways: z.array(z.enum(["password", "passkey"])) }),
  ),
  knock(
    "account.identify",
    "read",
    "Who a session's token or an API token belongs to; a session's use is noted.",
    z.strictObject({
      kind: z.enum(["session", "token"]),
      value: z.string().max(512),
      address: z.string().max(64),
    }),
    identified,
  ),
  knock(
    "account.login",
    "write",
    "Begin a session with the owner's password.",
    z.strictObject({ password: z.string().max(1024), visit }),
    begun,
  ),
  knock(
    "account.passkey.challenge",
    "read",
    "What a browser needs to sign in with a passkey (WebAuthn request options); valid for five minutes.",
    z.strictObject({ origin }),
    z.object({ options: jsonObject }),
  ),
  knock(
    "account.passkey.login",
    "write",
    "Begin a session with a passkey.",
    z.strictObject({ origin, response: jsonObject, visit }),
    begun,
  ),
  knock(
    "account.confirm",
    "write",
    "Prove anew, by password or passkey, that the person behind a session is the owner; the session goes on under a new token.",
    z.strictObject({
      session: id,
      proof: z.union([
        z.strictObject({ password: z.string().max(1024) }),
        z.strictObject({ origin, response: jsonObject }),
      ]),
    }),
    confirmed,
  ),
  act(
    "account.setup",
    "system",
    "Create the owner's account, once, and begin the first session.",
    z.strictObject({ owner: name, password, visit }),
    begun,
    { confidential: true },
  ),
  act(
    "account.show",
    "read",
    "The account: its owner, the ways to sign in, and how many sessions, passkeys and tokens there are.",
    empty,
    z.object({
      owner: z.string().nullable(),
      made_at: isoTime.nullable(),
      password_changed_at: isoTime.nullable(),
      sessions: z.int(),
      passkeys: z.int(),
      tokens: z.int(),
    }),
  ),
  act(
    "account.password",
    "system",
    "Change the password; every other session ends.",
    z.strictObject({ current: given, password }),
    z.object({ ended: z.int().describe("Sessions that ended") }),
    { confidential: true },
  ),
  act(
    "account.reset",
    "system",
    "Set a new password without the old one, from the machine itself with the local token; every session ends.",
    z.strictObject({ password }),
    z.object({ ended: z.int(), passkeys: z.int(), tokens: z.int() }),
    { confidential: true },
  ),
  act(
    "account.session.list",
    "read",
    "The sessions that are signed in.",
    empty,
    z.object({ sessions: z.array(accountSession) }),
  ),
  act(
    "account.session.revoke",
    "system",
    "End a session, or with `others` all but the one that asks; its event streams end at once.",
    z.union([z.strictObject({ id }), z.strictObject({ others: z.literal(true) })]),
    z.object({ ended: z.int() }),
  ),
  act("account.logout", "system", "End the session that asks.", empty, z.object({ ended: z.int() })),
  act(
    "account.passkey.list",
    "read",
    "The passkeys one can sign in with.",
    empty,
    z.object({ passkeys: z.array(passkey) }),
  ),
  act(
    "account.passkey.options",
    "read",
    "What a browser needs to make a passkey (WebAuthn creation options); valid for five minutes.",
    z.strictObject({ origin }),
    z.object({ options: jsonObject }),
    { confirm: true },
  ),
  act(
    "account.passkey.add",
    "system",
    "Keep the passkey that a browser made.",
    z.strictObject({ origin, name, response: jsonObject }),
    passkey,
    { confirm: true },
  ),
  act(
    "account.passkey.rename",
    "system",
    "Give a passkey another name.",
    z.strictObject({ id: z.string().max(1400), name }),
    passkey,
  ),
  act(
    "account.passkey.remove",
    "system",
    "Remove a passkey.",
    z.strictObject({ id: z.string().max(1400) }),
    done,
  ),
  act(
    "account.token.list",
    "read",
    "The API tokens, never their values.",
    empty,
    z.object({ tokens: z.array(apiToken) }),
  ),
  act(
    "account.token.make",
    "system",
    "Make an API token; its value is shown this once. One made by a token holds no more than that.",
    z.strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/, "a name has letters, digits, blanks, '.', '_' and '-'"),
      scopes: tokenScopes,
      expires_at: isoTime.optional(),
    }),
    z.object({ token: apiToken, value: z.string() }),
    { confirm: true },
  ),
  act(
    "account.token.narrow",
    "system",
    "Take scopes from an API token: those that stay are all covered by those it has.",
    z.strictObject({ id, scopes: tokenScopes }),
    apiToken,
  ),
  act(
    "account.token.revoke",
    "system",
    "Revoke an API token and those it made.",
    z.strictObject({ id }),
    z.object({ revoked: z.int() }),
  ),
] as const;

/** The owner's password, as the kernel keeps it; the module that signs people in alone asks for it. */
export const ownerPassword = [
  knock(
    "owner.show",
    "read",
    "The owner, where there is one.",
    empty,
    z.object({ owner: z.string().nullable(), made_at: isoTime.nullable() }),
  ),
  knock(
    "owner.verify",
    "read",
    "Whether this is the owner's password; `known` goes first where several wait.",
    z.strictObject({ password: z.string().max(1024), known: z.boolean() }),
    z.object({ verified: z.boolean() }),
  ),
  knock(
    "owner.password",
    "write",
    "Give the owner another password, which opens the key of the seal from then on; without the present one that key is made anew.",
    z.strictObject({ current: z.string().max(1024).optional(), password }),
    done,
  ),
] as const;
