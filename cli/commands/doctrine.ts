import { type Command, defineCommand } from "../command/index.ts";
import { counted, styled, table } from "../terminal/index.ts";
import { readText } from "./arguments.ts";

interface Rule {
  readonly id: string;
  readonly text: string;
  readonly amplitude: number;
  readonly sacred: boolean;
}

const doctrine = defineCommand({
  name: "doctrine",
  summary: "The rules an agent holds to, and how strongly",
  words: ["AGENT"],
  options: {},
  details: [
    "They are in doktrin.md (or doctrine.md) of the agent's folder; the sacred ones are in every turn.",
  ],
  examples: ["fw doctrine field"],
  async run({ words, place }) {
    const data = await place.call<{ rules: Rule[] }>("doctrine.list", { agent: words.AGENT });
    const rows = data.rules.map((one) => [
      one.id,
      one.sacred ? styled("yellow", "sacred") : String(one.amplitude),
      one.text,
    ]);
    const text = table(["ID", "STRENGTH", "RULE"], rows, place.terminal.width, `${words.AGENT} has none.`);
    return { data, text };
  },
});

const set = defineCommand({
  name: "doctrine set",
  summary: "Write the rules an agent holds to; they are in force at once",
  words: ["AGENT", "TEXT"],
  options: {},
  details: [
    "TEXT `-` is read from standard input. Every item of a list and every paragraph is a rule; [sacred] makes it sacred, [0.8] says how strongly it holds.",
  ],
  examples: ['fw doctrine set field "Never lie. [sacred]"', "cat rules.md | fw doctrine set field -"],
  async run({ words, place }) {
    const data = await place.call<{ rules: Rule[]; file: string }>("doctrine.set", {
      agent: words.AGENT,
      text: await readText(place, words.TEXT),
    });
    return {
      data,
      text: [`${words.AGENT} holds to ${counted(data.rules.length, "rule")} now, in ${data.file}.`],
    };
  },
});

export const DOCTRINE_COMMANDS: readonly Command[] = [doctrine, set];
