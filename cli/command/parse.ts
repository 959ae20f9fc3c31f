import { parseArgs } from "node:util";
import type { Command, Option } from "./command.ts";
import { suggest } from "./suggest.ts";
import { WrongUse } from "./wrong_use.ts";

/** Options that every command has. */
export const GLOBAL_OPTIONS = {
  json: { type: "boolean", summary: "Print exactly one JSON document" },
  home: {
    type: "string",
    value: "DIR",
    summary: "The home folder (default: $FIELDWORK_HOME, then ~/.fieldwork)",
  },
  help: { type: "boolean", short: "h", summary: "Show how the command is used" },
} as const satisfies Readonly<Record<string, Option>>;

export interface Parsed {
  readonly command: Command;
  readonly words: Readonly<Record<string, string | undefined>>;
  readonly options: Readonly<Record<string, string | boolean | readonly string[]>>;
}

export interface Globals {
  readonly json: boolean;
  readonly help: boolean;
  readonly home: string | undefined;
  /** The command line without what stood before the command's name. */
  readonly rest: readonly string[];
}

/** Reads the options before the command's name, and notices `--json` and `--help` anywhere, so that errors honour them. */
export function readGlobals(argv: readonly string[]): Globals {
  let at = 0;
  let home: string | undefined;
  for (; at < argv.length; at++) {
    const word = argv[at] as string;
    if (word === "--home") home = argv[++at] ?? wrong("--home needs a folder", "fw --home DIR COMMAND");
    else if (word.startsWith("--home=")) home = word.slice(7);
    else if (word === "--version" || word === "-v") return { ...noticed(argv), home, rest: ["version"] };
    else if (!["--json", "--help", "-h"].includes(word)) break;
  }
  return { ...noticed(argv), home, rest: argv.slice(at) };
}

/** Whether `--json` and `--help` stand anywhere before a `--`. */
export const noticed = (argv: readonly string[]): { readonly json: boolean; readonly help: boolean } => {
  const end = argv.indexOf("--");
  const before = end < 0 ? argv : argv.slice(0, end);
  return { json: before.includes("--json"), help: before.includes("--help") || before.includes("-h") };
};

/** The command that the first words name, and how many words its name takes. */
export function findCommand(
  rest: readonly string[],
  commands: readonly Command[],
): { readonly command: Command; readonly taken: number } {
  const [first = "", second = ""] = rest;
  const long = commands.find((one) => one.name === `${first} ${second}`);
  if (long) return { command: long, taken: 2 };
  const short = commands.find((one) => one.name === first);
  if (short) return { command: short, taken: 1 };
  throw unknownCommand(first, second, commands);
}

/** @throws WrongUse for an option or a word that the command does not have, or lacks. */
export function parseCommand(command: Command, argv: readonly string[]): Parsed {
  const usage = `See \`fw help ${command.name}\`.`;
  const known = { ...command.options, ...GLOBAL_OPTIONS };
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      strict: true,
      options: Object.fromEntries(
        Object.entries(known).map(([name, { type, multiple, short }]: [string, Option]) => [
          name,
          { type, multiple: multiple ?? false, ...(short === undefined ? {} : { short }) },
        ]),
      ),
    });
  } catch (error) {
    throw new WrongUse(optionProblem(error as Error, Object.keys(known)), usage);
  }
  return {
    command,
    words: nameWords(command, parsed.positionals, usage),
    options: parsed.values as Parsed["options"],
  };
}

function nameWords(command: Command, given: readonly string[], usage: string): Parsed["words"] {
  const needed = command.words.filter((word) => !word.startsWith("["));
  if (given.length < needed.length)
    throw new WrongUse(`\`fw ${command.name}\` needs ${needed.slice(given.length).join(" and ")}.`, usage);
  if (given.length > command.words.length)
    throw new WrongUse(`\`fw ${command.name}\` does not take "${given[command.words.length]}".`, usage);
  return Object.fromEntries(command.words.map((word, at) => [word.replaceAll(/[[\]]/g, ""), given[at]]));
}

function optionProblem(error: Error, known: readonly string[]): string {
  const name = /Unknown option '--?([^']+)'/.exec(error.message)?.[1];
  if (name === undefined) return error.message.replace(/\. .*$/s, ".");
  const meant = suggest(name, known);
  return `There is no option --${name}${meant ? `; did you mean --${meant}?` : "."}`;
}

function unknownCommand(first: string, second: string, commands: readonly Command[]): WrongUse {
  const names = commands.map((one) => one.name);
  const family = names.filter((name) => name.startsWith(`${first} `));
  if (family.length > 0) {
    const verbs = family.map((name) => name.slice(first.length + 1));
    const meant = suggest(second, verbs);
    const problem =
      second === "" ? `\`fw ${first}\` needs a verb.` : `There is no \`fw ${first} ${second}\`.`;
    return new WrongUse(
      meant ? `${problem} Did you mean \`fw ${first} ${meant}\`?` : problem,
      `It has: ${verbs.join(", ")}. See \`fw help ${first}\`.`,
    );
  }
  const meant = suggest(first, [...new Set(names.map((name) => name.split(" ")[0] as string))]);
  return new WrongUse(
    meant ? `There is no \`fw ${first}\`. Did you mean \`fw ${meant}\`?` : `There is no \`fw ${first}\`.`,
    "`fw help` lists every command.",
  );
}

function wrong(message: string, remedy: string): never {
  throw new WrongUse(message, remedy);
}
