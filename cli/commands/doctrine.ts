import { defineCommand } from "../command/index.ts";
import { styled, table } from "../terminal/index.ts";

interface Rule {
  readonly id: string;
  readonly text: string;
  readonly amplitude: number;
  readonly sacred: boolean;
}

export const doctrine = defineCommand({
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
    const text =
      rows.length === 0
        ? [`${words.AGENT} has none.`]
        : table(["ID", "STRENGTH", "RULE"], rows, place.terminal.width);
    return { data, text };
  },
});
