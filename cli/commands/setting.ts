import type { JsonValue } from "#contract";
import { defineCommand } from "../command/index.ts";
import { jsonText, table } from "../terminal/index.ts";

interface SettingRow {
  readonly key: string;
  readonly value: JsonValue;
  readonly default: JsonValue;
  readonly summary: string;
}

const list = defineCommand({
  name: "setting list",
  summary: "Every setting with its value and meaning",
  words: [],
  options: {},
  examples: ["fw setting list"],
  async run({ place }) {
    const data = await place.call<{ settings: SettingRow[] }>("setting.list", {});
    const rows = data.settings.map((one) => {
      const value = jsonText(one.value);
      return [
        one.key,
        value === jsonText(one.default) ? value : { text: value, style: "bold" as const },
        jsonText(one.default),
        one.summary,
      ];
    });
    return { data, text: table(["KEY", "VALUE", "DEFAULT", "WHAT"], rows, place.terminal.width) };
  },
});

const set = defineCommand({
  name: "setting set",
  summary: "Change a setting, in force at once",
  words: ["KEY", "VALUE"],
  options: {},
  details: ["VALUE is JSON; what is not JSON is taken as text."],
  examples: ["fw setting set sandbox.processes 2", "fw setting set exec.path '\"/usr/bin:/bin\"'"],
  async run({ words, place }) {
    const value = jsonOrText(words.VALUE);
    const data = await place.call("setting.set", { key: words.KEY, value });
    return { data, text: [`${words.KEY} is ${jsonText(value)}.`] };
  },
});

function jsonOrText(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

export const SETTING_COMMANDS = [list, set];
