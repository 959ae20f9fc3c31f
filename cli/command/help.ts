import { bold, dim, type Line, padTo, type Text } from "../terminal/index.ts";
import type { Command, Option } from "./command.ts";
import { GLOBAL_OPTIONS } from "./parse.ts";

/** `fw agent install PATH [--yes] [--grants WHICH]` */
export function usageOf(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => `[${optionText(name, option)}]`);
  return ["fw", command.name, ...command.words, ...options].join(" ");
}

export function commandHelp(command: Command): Text {
  return [
    [bold(`fw ${command.name}`), ` — ${command.summary}`],
    "",
    [dim("Usage  "), usageOf(command)],
    ...(command.details ? ["", ...command.details] : []),
    "",
    dim("Options"),
    ...optionLines({ ...command.options, ...GLOBAL_OPTIONS }),
    "",
    dim("Examples"),
    ...command.examples.map((example) => `  ${example}`),
  ];
}

/** Help for all commands that share a first word. */
export function familyHelp(family: string, commands: readonly Command[]): Text {
  return [
    bold(`fw ${family}`),
    "",
    ...summaries(commands),
    "",
    dim("Examples"),
    ...commands.map((command) => `  ${command.examples[0]}`),
    "",
    `\`fw help ${family} ${commands[0]?.name.split(" ")[1]}\` tells all about one of them.`,
  ];
}

/** Help for everything: what there is, in the order in which a newcomer needs it. */
export function programHelp(
  groups: readonly { readonly title: string; readonly commands: readonly Command[] }[],
): Text {
  return [
    [bold("fw"), " — the command line of Fieldwork"],
    "",
    [dim("Usage  "), "fw COMMAND [words] [--options]"],
    ...groups.flatMap(({ title, commands }) => ["", bold(title), ...summaries(commands)]),
    "",
    dim("Options of every command"),
    ...optionLines(GLOBAL_OPTIONS),
    "",
    dim("First steps"),
    "  fw start                          start the server",
    "  fw setup --owner ada              create the owner's account",
    "  fw model detect                   find model servers on this machine",
    "  fw chat                           talk to the agent that ships",
    "  fw agent new notes                make an agent from a template",
    "  fw agent show notes               see what it asks for, and was given",
    '  fw chat notes -m "hello"          say something to it',
    "",
    "`fw help COMMAND` explains a command; `fw help call CAPABILITY` shows what a capability takes and gives.",
    "Exit status: 0 good, 1 failed, 2 wrong use.",
  ];
}

function summaries(commands: readonly Command[]): readonly Line[] {
  const width = Math.max(...commands.map((command) => shape(command).length));
  return commands.map((command) => [`  ${padTo(shape(command), width)}  `, dim(command.summary)]);
}

const shape = (command: Command): string => [command.name, ...command.words].join(" ");

function optionLines(options: Readonly<Record<string, Option>>): readonly Line[] {
  const entries = Object.entries(options);
  const width = Math.max(...entries.map(([name, option]) => optionText(name, option).length));
  return entries.map(([name, option]) => [
    `  ${padTo(optionText(name, option), width)}  `,
    dim(option.summary),
  ]);
}

const optionText = (name: string, option: Option): string =>
  `${option.short === undefined ? "" : `-${option.short}, `}--${name}${option.type === "string" ? ` ${option.value ?? "VALUE"}` : ""}${option.multiple ? "…" : ""}`;
