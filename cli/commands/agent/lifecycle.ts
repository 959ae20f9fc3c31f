import type { ModuleInfo } from "#contract";
import { FieldworkError } from "#contract";
import { defineCommand, type Place } from "../../command/index.ts";
import { readAgentFolders } from "../../home/index.ts";
import { findServer } from "../../server/index.ts";
import { counted, dim, sizeText, styled, type Text, table } from "../../terminal/index.ts";
import { agentTable, describeAgent } from "./describe.ts";

export const list = defineCommand({
  name: "agent list",
  summary: "Every agent and module, and its state",
  words: [],
  options: {
    kind: { type: "string", value: "KIND", summary: "Only this kind: agent, group, channel, tool, …" },
  },
  details: ["Without a running server the list is read from the folders, and the states are not known."],
  examples: ["fw agent list", "fw agent list --kind agent --json"],
  async run({ options, place }) {
    if (!(await findServer(place.home))) return fromFolders(place, options.kind);
    const data = await place.call<{ agents: ModuleInfo[] }>(
      "agent.list",
      options.kind === undefined ? {} : { kind: options.kind },
    );
    return { data, text: agentTable(data.agents, place.terminal.width) };
  },
});

function fromFolders({ home, terminal }: Place, kind: string | undefined) {
  const agents = readAgentFolders(home).filter((one) => kind === undefined || one.kind === kind);
  const rows = agents.map((one) => [
    one.id,
    one.kind,
    one.version,
    one.problems.length > 0 ? styled("red", one.problems.join("; ")) : one.display_name,
  ]);
  const text: Text = [
    ...table(["ID", "KIND", "VERSION", "NAME"], rows, terminal.width),
    dim("Read from the folders: the server is not running."),
  ];
  return { data: { agents, running: false }, text };
}

export const show = defineCommand({
  name: "agent show",
  summary: "One agent: its state, problems, grants and usage",
  words: ["ID"],
  options: {},
  examples: ["fw agent show notes"],
  async run({ words, place }) {
    const data = await place.call<ModuleInfo>("agent.show", { id: words.ID });
    return { data, text: describeAgent(data) };
  },
});

export const make = defineCommand({
  name: "agent new",
  summary: "Make an agent's folder from a template",
  words: ["ID"],
  options: {
    template: { type: "string", value: "NAME", summary: "The template (default: agent-ts)" },
    name: { type: "string", value: "TEXT", summary: "Its name for people" },
  },
  details: ["It is given what its template requires; see it with fw agent show ID."],
  examples: ["fw agent new notes", 'fw agent new notes --template agent-ts --name "My notes"'],
  async run({ words, options, place }) {
    const data = await place.call<ModuleInfo>("agent.new", {
      id: words.ID,
      ...(options.template === undefined ? {} : { template: options.template }),
      ...(options.name === undefined ? {} : { display_name: options.name }),
    });
    const next = data.state === "new" ? [`Let it run with: fw agent approve ${data.id}`] : [];
    return { data, text: [`${data.id} is in ${data.folder}.`, ...next] };
  },
});

export const remove = defineCommand({
  name: "agent remove",
  summary: "Remove an agent; its folder goes to the home's trash",
  words: ["ID"],
  options: {
    purge: { type: "boolean", summary: "Delete the folder for good" },
    yes: { type: "boolean", summary: "Do not ask before deleting for good" },
  },
  examples: ["fw agent remove notes", "fw agent remove notes --purge --yes"],
  async run({ words, options, place }) {
    if (options.purge && !options.yes) await confirmPurge(place, words.ID);
    const data = await place.call("agent.remove", { id: words.ID, purge: options.purge ?? false });
    return {
      data,
      text: [`${words.ID} is ${options.purge ? "deleted" : "removed; its folder is in the home's trash"}.`],
    };
  },
});

async function confirmPurge({ terminal, json }: Place, id: string): Promise<void> {
  const answer =
    terminal.interactive && !json
      ? await terminal.ask(`Delete ${id} and all it knows for good? [y/N]`)
      : undefined;
  if (answer !== undefined && /^y(es)?$/i.test(answer.trim())) return;
  throw new FieldworkError("cancelled", "Nothing was deleted.", {
    remedy: "Say that you mean it with --yes, or leave --purge away.",
  });
}

export const exportPack = defineCommand({
  name: "agent export",
  summary: "Pack an agent's folder as a file, without secrets",
  words: ["ID"],
  options: {},
  details: [
    "Its memory and workspace stay at home: a pack is meant for others. `fw backup` keeps everything.",
  ],
  examples: ["fw agent export notes"],
  async run({ words, place }) {
    const data = await place.call<{ path: string; bytes: number; sha256: string }>("agent.export", {
      id: words.ID,
    });
    return { data, text: [`${data.path}  ${sizeText(data.bytes)}`, dim(`sha256 ${data.sha256}`)] };
  },
});

const switched = (verb: "enable" | "disable", summary: string, said: string) =>
  defineCommand({
    name: `agent ${verb}`,
    summary,
    words: ["ID"],
    options: {},
    examples: [`fw agent ${verb} notes`],
    async run({ words, place }) {
      const data = await place.call<ModuleInfo>(`agent.${verb}`, { id: words.ID });
      const problems = data.problems.length > 0 ? ` It has ${counted(data.problems.length, "problem")}.` : "";
      return { data, text: [`${words.ID} ${said}.${problems}`] };
    },
  });

export const enable = switched("enable", "Let a disabled agent run again", "may run again");
export const disable = switched("disable", "Stop an agent; its folder and grants stay", "is stopped");
