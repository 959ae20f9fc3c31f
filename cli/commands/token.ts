import { type ApiToken, FieldworkError } from "#contract";
import { defineCommand, type Place, WrongUse } from "../command/index.ts";
import { dim, localTime, table } from "../terminal/index.ts";

const add = defineCommand({
  name: "token add",
  summary: "Make an API token for a program; its value is shown this once",
  words: ["NAME"],
  options: {
    scope: {
      type: "string",
      multiple: true,
      value: "SCOPE",
      summary: "What it may ask for: agent.list, session.*, read or *",
    },
    expires: { type: "string", value: "WHEN", summary: "12h, 30d, or a time in ISO 8601 (default: never)" },
  },
  details: [
    "`read` covers all that only reads, `*` everything; both leave out the account itself, which has to be named: account.token.list.",
    "The program sends the value as a bearer token.",
  ],
  examples: [
    "fw token add dashboard --scope read --expires 30d",
    "fw token add ci --scope agent.list --scope message.send",
  ],
  async run({ words, options, place }) {
    const scopes = options.scope ?? [];
    if (scopes.length === 0)
      throw new WrongUse("The token may ask for nothing.", `fw token add ${words.NAME} --scope read`);
    const expires_at = options.expires === undefined ? undefined : timeOf(options.expires);
    const data = await place.call<{ token: ApiToken; value: string }>("account.token.make", {
      name: words.NAME,
      scopes: [...scopes],
      ...(expires_at === undefined ? {} : { expires_at }),
    });
    return { data, text: [data.value, dim("It is not shown again.")] };
  },
});

const list = defineCommand({
  name: "token list",
  summary: "The API tokens, never their values",
  words: [],
  options: {},
  examples: ["fw token list"],
  async run({ place }) {
    const data = await tokensOf(place);
    const rows = data.tokens.map((one) => [
      one.name,
      one.scopes.join(" "),
      localTime(one.used_at),
      localTime(one.expires_at),
    ]);
    return {
      data,
      text: table(["NAME", "SCOPES", "USED", "EXPIRES"], rows, place.terminal.width, "There are none."),
    };
  },
});

const remove = defineCommand({
  name: "token remove",
  summary: "Revoke an API token, and those that were made with it",
  words: ["NAME"],
  options: {},
  examples: ["fw token remove ci"],
  async run({ words, place }) {
    const { tokens } = await tokensOf(place);
    const found = tokens.find(({ id, name }) => name === words.NAME || id === words.NAME);
    if (!found)
      throw new FieldworkError("not_found", `There is no token ${words.NAME}.`, {
        remedy: "See `fw token list`.",
      });
    const data = await place.call<{ revoked: number }>("account.token.revoke", { id: found.id });
    const made = data.revoked > 1 ? [dim(`With it went ${data.revoked - 1} that it had made.`)] : [];
    return { data, text: [`${found.name} is revoked.`, ...made] };
  },
});

const tokensOf = (place: Place) => place.call<{ tokens: ApiToken[] }>("account.token.list", {});

const UNIT_MS = { h: 3_600_000, d: 86_400_000 } as const;

/** @throws WrongUse */
function timeOf(text: string): string {
  const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
  const at =
    count === undefined
      ? Date.parse(text)
      : Date.now() + Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
  if (!Number.isFinite(at))
    throw new WrongUse(`${text} is no time.`, "Write it like 12h, 30d or 2026-12-31T00:00:00Z.");
  return new Date(at).toISOString();
}

export const TOKEN_COMMANDS = [add, list, remove];
