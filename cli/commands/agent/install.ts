import { resolve } from "node:path";
import { type Ask, FieldworkError, type ModuleInfo } from "#contract";
import { defineCommand } from "../../command/index.ts";
import { bold, counted, dim, sizeText, type Text } from "../../terminal/index.ts";
import { DECISION_OPTIONS, decide, decisionFrom, showAsks } from "./decide.ts";
import { askLines, section } from "./describe.ts";

interface PackSummary {
  readonly id: string;
  readonly kind: string;
  readonly display_name: string;
  readonly version: string;
  /** The version that is installed now. */
  readonly replaces: string | null;
  readonly asks: readonly Ask[];
  readonly new_asks: readonly Ask[];
  readonly dropped: readonly string[];
  readonly files: number;
  readonly bytes: number;
}

export const install = defineCommand({
  name: "agent install",
  summary: "Install or upgrade a pack, after showing what it asks for",
  words: ["PATH"],
  options: {
    ...DECISION_OPTIONS,
    disabled: { type: "boolean", summary: "Install it without letting it run" },
  },
  details: [
    "The pack is checked first, and nothing is installed before you have decided. On a terminal you are asked;",
    "in a script decide with --yes or --grants. An upgrade keeps what the agent knows.",
  ],
  examples: [
    "fw agent install ./notes.fwagent.zip",
    "fw agent install ./notes.fwagent.zip --yes",
    "fw agent install ./notes.fwagent.zip --grants required",
    "fw agent install ./notes.fwagent.zip --grants http.fetch:https://example.com/,time.now",
  ],
  async run({ words, options, place }) {
    decisionFrom(options);
    const path = resolve(words.PATH);
    const pack = await place.call<PackSummary>("pack.inspect", { path });
    place.terminal.note(place.json ? [] : describePack(pack));
    const grants = await decide(place, pack.asks, options, `Installing ${pack.id}`);
    const data = await place.call<ModuleInfo>("pack.install", { path, grants, enable: !options.disabled });
    return { data, text: [`${data.id} ${data.version} is installed: ${data.state}.`] };
  },
});

export const approve = defineCommand({
  name: "agent approve",
  summary: "Let an agent that was put into the home run, after showing what it asks for",
  words: ["ID"],
  options: DECISION_OPTIONS,
  examples: [
    "fw agent approve notes",
    "fw agent approve notes --yes",
    "fw agent approve notes --grants none",
  ],
  async run({ words, options, place }) {
    decisionFrom(options);
    const agent = await place.call<ModuleInfo>("agent.show", { id: words.ID });
    if (agent.state === "broken")
      throw new FieldworkError("module_invalid", `${agent.id} is broken: ${agent.problems.join("; ")}`);
    place.terminal.note(
      place.json
        ? []
        : [[bold(agent.display_name), ` ${agent.version} (${agent.kind})`], ...showAsks(agent.asks)],
    );
    const grants = await decide(place, agent.asks, options, `Approving ${agent.id}`);
    const data = await place.call<ModuleInfo>("agent.approve", { id: words.ID, grants });
    return { data, text: [`${data.id} is approved: ${data.state}.`] };
  },
});

function describePack(pack: PackSummary): Text {
  const head: Text = [
    [
      bold(pack.display_name),
      ` ${pack.version} (${pack.kind} ${pack.id})`,
      dim(`  ${counted(pack.files, "file")}, ${sizeText(pack.bytes)}`),
    ],
  ];
  if (pack.replaces === null) return [...head, ...showAsks(pack.asks)];
  const same = pack.new_asks.length === 0 && pack.dropped.length === 0;
  return [
    ...head,
    `It replaces version ${pack.replaces}${same ? " and asks for what that asked for." : "."}`,
    ...section("New: it now asks for", askLines(pack.new_asks)),
    ...section("It no longer asks for", pack.dropped),
    ...showAsks(pack.asks),
  ];
}
