import { type AgentFile, type Diagnostic, FieldworkError, type ModuleInfo } from "#contract";
import { defineCommand } from "../../command/index.ts";
import {
  dim,
  linesOf,
  localTime,
  type Span,
  sizeText,
  styled,
  type Text,
  table,
} from "../../terminal/index.ts";
import { given, readText } from "../arguments.ts";

interface Reloaded {
  readonly state: string;
  readonly problems: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

export const files = defineCommand({
  name: "agent files",
  summary: "The text files of an agent that can be edited",
  words: ["ID"],
  options: {},
  examples: ["fw agent files notes"],
  async run({ words, place }) {
    const data = await place.call<{ files: AgentFile[]; truncated: boolean }>("agent.files", {
      id: words.ID,
    });
    const rows = data.files.map((one): Span[] => [
      one.path,
      one.role,
      sizeText(one.bytes),
      localTime(one.modified_at),
    ]);
    return { data, text: table(["FILE", "ROLE", "SIZE", "CHANGED"], rows, place.terminal.width) };
  },
});

export const read = defineCommand({
  name: "agent read",
  summary: "Print one of an agent's text files",
  words: ["ID", "PATH"],
  options: {},
  examples: ["fw agent read notes prompt.md"],
  async run({ words, place }) {
    const data = await place.call<{ content: string }>("agent.file.read", { id: words.ID, path: words.PATH });
    return { data, text: linesOf(data.content.replace(/\n$/, "")) };
  },
});

export const write = defineCommand({
  name: "agent write",
  summary: "Write one of an agent's text files; it is loaded anew",
  words: ["ID", "PATH", "TEXT"],
  options: {
    expect: {
      type: "string",
      value: "SHA256",
      summary: "Only where the file still has this hash, as `fw agent read --json` tells it",
    },
  },
  details: [
    "TEXT may be - for standard input. What does not load is told with its line, and stays as it was written.",
  ],
  examples: [
    "fw agent write notes prompt.md 'You are brief.'",
    "cat agent.ts | fw agent write notes agent.ts -",
  ],
  async run({ words, options, place }) {
    const args = given({ id: words.ID, path: words.PATH, expect: options.expect });
    const content = await readText(place, words.TEXT);
    const data = await place.call<Reloaded>("agent.file.write", {
      ...args,
      content: content.endsWith("\n") ? content : `${content}\n`,
    });
    return { data, text: outcome(words.ID, data), failed: data.problems.length > 0 };
  },
});

function outcome(id: string, { state, diagnostics }: Reloaded): Text {
  if (diagnostics.length === 0) return [`Written; ${id} is ${state}.`];
  return [
    styled("red", `Written; ${id} does not load:`),
    ...diagnostics.flatMap((one) => [
      `${one.file === null ? "" : `${one.file}:${one.line ?? 1}:${one.column ?? 1}: `}${one.message}`,
      ...(one.excerpt === null ? [] : one.excerpt.split("\n").map((line) => dim(line))),
      ...(one.remedy === null ? [] : [dim(one.remedy)]),
    ]),
  ];
}

export const duplicate = defineCommand({
  name: "agent duplicate",
  summary: "A second agent with the same files, settings and grants, without secrets",
  words: ["ID", "TO"],
  options: {
    name: { type: "string", value: "TEXT", summary: "Its name for people" },
    state: { type: "boolean", summary: "Also what it remembers, and its workspace" },
  },
  examples: ["fw agent duplicate notes notes-two", "fw agent duplicate notes notes-two --state"],
  async run({ words, options, place }) {
    if (words.ID === words.TO) throw new FieldworkError("invalid_input", "It needs another id.");
    const data = await place.call<ModuleInfo>(
      "agent.duplicate",
      given({ id: words.ID, to: words.TO, display_name: options.name, state: options.state }),
    );
    return { data, text: [`${data.id} is in ${data.folder}.`] };
  },
});

interface Template {
  readonly name: string;
  readonly language: string;
  readonly description: string;
  readonly build: readonly string[] | null;
}

export const templates = defineCommand({
  name: "agent templates",
  summary: "What fw agent new can begin from",
  words: [],
  options: {},
  examples: ["fw agent templates"],
  async run({ place }) {
    const data = await place.call<{ templates: Template[] }>("agent.templates", {});
    const rows = data.templates.map((one): Span[] => [
      one.name,
      one.language,
      one.build === null ? "runs as it is" : "has to be built",
      one.description,
    ]);
    return { data, text: table(["NAME", "LANGUAGE", "", "WHAT IT DOES"], rows, place.terminal.width) };
  },
});
