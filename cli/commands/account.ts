import type { AccountSession } from "#contract";
import { defineCommand, WrongUse } from "../command/index.ts";
import { counted, dim, localTime, table } from "../terminal/index.ts";
import { readNewPassword, readSecret, twoLines } from "./passwords.ts";

interface Account {
  readonly owner: string | null;
  readonly made_at: string | null;
  readonly password_changed_at: string | null;
  readonly sessions: number;
  readonly passkeys: number;
  readonly tokens: number;
}

const show = defineCommand({
  name: "account show",
  summary: "The owner's account, and the ways to sign in",
  words: [],
  options: {},
  examples: ["fw account show"],
  async run({ place }) {
    const data = await place.call<Account>("account.show", {});
    if (data.owner === null)
      return { data, text: ["There is no owner yet.", dim("Make one: fw setup --owner NAME")] };
    return {
      data,
      text: [
        data.owner,
        `password changed ${localTime(data.password_changed_at)}`,
        [
          counted(data.sessions, "session"),
          counted(data.passkeys, "passkey"),
          counted(data.tokens, "API token"),
        ].join(", "),
      ],
    };
  },
});

const sessions = defineCommand({
  name: "account sessions",
  summary: "Where one is signed in",
  words: [],
  options: {},
  examples: ["fw account sessions"],
  async run({ place }) {
    const data = await place.call<{ sessions: AccountSession[] }>("account.session.list", {});
    const rows = data.sessions.map((one) => [
      one.id,
      one.device,
      one.address,
      one.via,
      localTime(one.used_at),
      localTime(one.expires_at),
    ]);
    return {
      data,
      text: table(
        ["ID", "DEVICE", "ADDRESS", "BY", "USED", "ENDS"],
        rows,
        place.terminal.width,
        "Nobody is signed in.",
      ),
    };
  },
});

const revoke = defineCommand({
  name: "account revoke",
  summary: "End a session, or with --all every one",
  words: ["[ID]"],
  options: { all: { type: "boolean", summary: "Every session" } },
  examples: ["fw account revoke s_1f2e3d4c5b6a7980", "fw account revoke --all"],
  async run({ words, options, place }) {
    if ((words.ID === undefined) !== (options.all === true))
      throw new WrongUse("Say which session, or all.", "fw account revoke ID, or fw account revoke --all");
    const args = words.ID === undefined ? { others: true } : { id: words.ID };
    const data = await place.call<{ ended: number }>("account.session.revoke", args);
    return { data, text: [`${counted(data.ended, "session")} ended.`] };
  },
});

const password = defineCommand({
  name: "account password",
  summary: "Change the owner's password; every session ends",
  words: [],
  options: {
    "password-stdin": {
      type: "boolean",
      summary: "Read the present and the new password from standard input, a line each",
    },
  },
  details: ["The present one is forgotten? On this machine: `fw password reset`."],
  examples: [
    "fw account password",
    'printf \'%s\\n%s\\n\' "$OLD" "$NEW" | fw account password --password-stdin',
  ],
  async run({ options, place }) {
    const args =
      options["password-stdin"] === true
        ? await twoLines(place)
        : {
            current: await readSecret(place, "The present password:", false, "--password-stdin"),
            password: await readNewPassword(place, false),
          };
    const data = await place.call<{ ended: number }>("account.password", args);
    return { data, text: ["The password is changed.", dim(`${counted(data.ended, "session")} ended.`)] };
  },
});

export const ACCOUNT_COMMANDS = [show, sessions, revoke, password];
