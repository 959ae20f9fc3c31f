import { CAPABILITIES } from "#contract";
import { defineCommand, WrongUse } from "../command/index.ts";
import { jsonText, linesOf, table } from "../terminal/index.ts";
import { readJson } from "./arguments.ts";

export const call = defineCommand({
  name: "call",
  summary: "Ask the counter for any capability",
  words: ["[CAPABILITY]", "[JSON]"],
  options: { list: { type: "boolean", summary: "List every capability" } },
  details: [
    "JSON holds the arguments; `-` reads them from standard input. `fw help call CAPABILITY` shows what they are.",
  ],
  examples: [
    "fw call system.health",
    'fw call agent.show \'{"id": "notes"}\'',
    "fw call --list",
    "fw help call message.send",
  ],
  async run({ words, options, place }) {
    if (options.list) {
      const all = [...CAPABILITIES.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const data = {
        capabilities: all.map(({ name, summary, grant, effect }) => ({ name, summary, grant, effect })),
      };
      const rows = all.map((one) => [one.name, one.grant, one.effect, one.summary]);
      return { data, text: table(["CAPABILITY", "GRANT", "EFFECT", "WHAT"], rows, place.terminal.width) };
    }
    if (words.CAPABILITY === undefined)
      throw new WrongUse("No capability is named.", "`fw call --list` shows them all.");
    const data = await place.call<unknown>(words.CAPABILITY, await readJson(place, words.JSON));
    return { data, text: linesOf(jsonText(data, 2)) };
  },
});
