import { defineCommand } from "../command/index.ts";
import { counted, localTime, table } from "../terminal/index.ts";
import { agentNames } from "./agent_names.ts";

interface GrantRow {
  readonly module: string;
  readonly capability: string;
  readonly scope: string;
  readonly given_at: string;
}

const list = defineCommand({
  name: "grant list",
  summary: "What each module may do",
  words: ["[MODULE]"],
  options: {},
  examples: ["fw grant list", "fw grant list notes"],
  async run({ words, place }) {
    const args = words.MODULE === undefined ? {} : { module: words.MODULE };
    const data = await place.call<{ grants: GrantRow[] }>("grant.list", args);
    const nameOf = data.grants.length > 0 ? await agentNames(place) : String;
    const rows = data.grants.map((one) => [
      nameOf(one.module),
      one.capability,
      one.scope,
      localTime(one.given_at),
    ]);
    const text = table(
      ["MODULE", "CAPABILITY", "SCOPE", "GIVEN"],
      rows,
      place.terminal.width,
      "No grants are given.",
    );
    return { data, text };
  },
});

const give = defineCommand({
  name: "grant give",
  summary: "Let a module do something, from its next call on",
  words: ["MODULE", "GRANT"],
  options: {},
  details: [
    "A grant is a capability, or a capability and the scope that narrows it: http.fetch:https://example.com/.",
  ],
  examples: ["fw grant give notes http.fetch:https://example.com/", "fw grant give notes fs.read:/data"],
  async run({ words, place }) {
    const data = await place.call("grant.give", { module: words.MODULE, grant: words.GRANT });
    return { data, text: [`${words.MODULE} may now ${words.GRANT}.`] };
  },
});

const take = defineCommand({
  name: "grant take",
  summary: "Take a grant away; calls under way that need it are stopped",
  words: ["MODULE", "GRANT"],
  options: {},
  examples: ["fw grant take notes http.fetch:https://example.com/"],
  async run({ words, place }) {
    const data = await place.call<{ taken: number }>("grant.take", {
      module: words.MODULE,
      grant: words.GRANT,
    });
    const text =
      data.taken === 0
        ? `${words.MODULE} did not have ${words.GRANT}.`
        : `${counted(data.taken, "grant")} taken from ${words.MODULE}.`;
    return { data, text: [text], failed: data.taken === 0 };
  },
});

export const GRANT_COMMANDS = [list, give, take];
