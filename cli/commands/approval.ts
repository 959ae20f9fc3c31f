import type { Approval } from "#contract";
import { defineCommand } from "../command/index.ts";
import { bold, dim, fields, jsonText, localTime, type Text } from "../terminal/index.ts";
import { agentNames, type NameOf } from "./agent_names.ts";
import { listed } from "./known.ts";

const list = defineCommand({
  name: "approval list",
  summary: "Calls that wait for your decision",
  words: [],
  options: { all: { type: "boolean", summary: "Also those that are decided" } },
  examples: ["fw approval list", "fw approval list --all --json"],
  async run({ options, place }) {
    const data = await place.call<{ approvals: Approval[] }>("approval.list", { all: options.all ?? false });
    const nameOf = data.approvals.length > 0 ? await agentNames(place) : String;
    return { data, text: listed(data.approvals, (one) => describe(one, nameOf), "Nothing waits.") };
  },
});

const describe = (one: Approval, nameOf: NameOf): Text => [
  [bold(one.id), `  ${nameOf(one.module)} wants ${one.capability}`, dim(`  ${one.state}`)],
  ...fields([
    ["  target", one.targets.join(", ") || "-"],
    ["  arguments", jsonText(one.args)],
    ["  because", one.reason],
    ["  asked", localTime(one.asked_at)],
    ["  expires", localTime(one.expires_at)],
  ]),
];

const decided = (verb: "give" | "refuse", summary: string, said: string) =>
  defineCommand({
    name: `approval ${verb}`,
    summary,
    words: ["ID"],
    options: {},
    details: ["The decision is bound to exactly the arguments that `fw approval list` shows."],
    examples: [`fw approval ${verb} ap_01`],
    async run({ words, place }) {
      const data = await place.call<Approval>(`approval.${verb}`, { id: words.ID });
      const nameOf = await agentNames(place);
      return { data, text: [`${nameOf(data.module)} ${said} ${data.capability}.`] };
    },
  });

export const APPROVAL_COMMANDS = [
  list,
  decided("give", "Let one waiting call go on", "may make this one call of"),
  decided("refuse", "Refuse a waiting call", "may not make this call of"),
];
