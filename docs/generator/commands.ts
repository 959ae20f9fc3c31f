import { type Command, GLOBAL_OPTIONS, type Option, usageOf } from "../../cli/command/index.ts";
import { GROUPS } from "../../cli/commands/index.ts";
import { code, fenced, generatedPage, markdownTable } from "./markdown.ts";

/** Every command of `fw`, from the table that parses them. */
export const commandPage = (): string =>
  generatedPage(
    "Commands",
    "In a clone the program is `./fw`, installed it is `fw`. Exit status: 0 good, 1 failed, 2 wrong use.",
    "Options of every command:",
    optionTable(GLOBAL_OPTIONS),
    ...GROUPS.flatMap(({ title, commands }) => [`## ${title}`, ...commands.map(section)]),
  );

function section(command: Command): string {
  const options = Object.keys(command.options).length > 0 ? [optionTable(command.options)] : [];
  return [
    `### fw ${command.name}`,
    `${command.summary}.`.replace(/\?\.$/, "?"),
    fenced("text", usageOf(command)),
    ...(command.details ? [command.details.join("\n")] : []),
    ...options,
    fenced("sh", command.examples.join("\n")),
  ].join("\n\n");
}

const optionTable = (options: Readonly<Record<string, Option>>): string =>
  markdownTable(
    ["option", ""],
    Object.entries(options).map(([name, option]) => [
      code(`--${name}${option.type === "string" ? ` ${option.value ?? "VALUE"}` : ""}`),
      option.multiple ? `${option.summary}; may be given several times` : option.summary,
    ]),
  );
