import { defineCommand } from "../command/index.ts";
import { counted, localTime, table } from "../terminal/index.ts";
import { readSecret } from "./passwords.ts";

const set = defineCommand({
  name: "secret set",
  summary: "Keep a secret, encrypted",
  words: ["NAME"],
  options: {
    stdin: { type: "boolean", summary: "Read the value from standard input" },
    host: { type: "string", multiple: true, value: "HOST", summary: "Only ever send it to this host" },
  },
  details: [
    "On a terminal the value is typed without being shown. It is never an argument, where others could see it.",
    "A module only ever holds its name; the value goes in where the request leaves for an allowed host.",
  ],
  examples: [
    "fw secret set api-key --host api.example.com",
    "printf '%s' \"$KEY\" | fw secret set api-key --stdin",
  ],
  async run({ words, options, place }) {
    const value = await readSecret(place, `Value of ${words.NAME}:`, options.stdin === true, "--stdin");
    const data = await place.call("secret.set", { name: words.NAME, value, hosts: options.host ?? [] });
    return { data, text: [`${words.NAME} is kept.`] };
  },
});

const list = defineCommand({
  name: "secret list",
  summary: "The names of the secrets, never their values",
  words: [],
  options: {},
  examples: ["fw secret list"],
  async run({ place }) {
    const data = await place.call<{ secrets: { name: string; hosts: string[]; updated_at: string }[] }>(
      "secret.list",
      {},
    );
    const rows = data.secrets.map((one) => [
      one.name,
      one.hosts.join(", ") || "any granted",
      localTime(one.updated_at),
    ]);
    return {
      data,
      text: table(["NAME", "HOSTS", "CHANGED"], rows, place.terminal.width, "There are none."),
    };
  },
});

const remove = defineCommand({
  name: "secret delete",
  summary: "Delete a secret",
  words: ["NAME"],
  options: {},
  examples: ["fw secret delete api-key"],
  async run({ words, place }) {
    const data = await place.call<{ deleted: boolean }>("secret.delete", { name: words.NAME });
    return {
      data,
      text: [data.deleted ? `${words.NAME} is deleted.` : `There is no secret ${words.NAME}.`],
      failed: !data.deleted,
    };
  },
});

const rotate = defineCommand({
  name: "secret rotate",
  summary: "Make a new master key and encrypt every secret anew",
  words: [],
  options: {},
  examples: ["fw secret rotate"],
  async run({ place }) {
    const data = await place.call<{ rotated: number }>("secret.rotate", {});
    return { data, text: [`${counted(data.rotated, "secret")} encrypted with a new key.`] };
  },
});

export const SECRET_COMMANDS = [set, list, remove, rotate];
