import { type ErrorData, FieldworkError, toErrorData } from "#contract";
import { finishSwap } from "./backup/index.ts";
import {
  type Command,
  findCommand,
  noticed,
  type Place,
  parseCommand,
  readGlobals,
  WrongUse,
} from "./command/index.ts";
import { COMMANDS } from "./commands/index.ts";
import { locateHome } from "./home/index.ts";
import { callServer } from "./server/index.ts";
import { dim, linesOf, processTerminal, styled, type Terminal, toRun } from "./terminal/index.ts";

/** 0 good, 1 failed, 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command line.
 * @param argv  the words after `fw`
 * @param root  absolute path of the program's folder, with `main.ts` and `setup/`
 */
export async function main(argv: readonly string[], root: string, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const terminal = processTerminal(env);
  const { json } = noticed(argv);
  try {
    return await run(argv, { root, env, terminal });
  } catch (thrown) {
    report(thrown, terminal, json);
    return thrown instanceof WrongUse ? 2 : 1;
  }
}

async function run(
  argv: readonly string[],
  surroundings: Pick<Place, "root" | "env" | "terminal">,
): Promise<ExitCode> {
  const { json, help, home: early, rest } = readGlobals(argv);
  const words = rest.length === 0 ? ["help"] : rest;
  if (help) return showHelp(rest, surroundings, json);
  const { command, taken } = findCommand(words, COMMANDS);
  const parsed = parseCommand(command, words.slice(taken));
  const home = locateHome((parsed.options.home as string | undefined) ?? early, surroundings.env);
  const place: Place = {
    ...surroundings,
    home,
    json,
    call: (capability, args, signal) => callServer(home, capability, args, signal),
  };
  if (await finishSwap(home))
    surroundings.terminal.note(json ? [] : [dim("An interrupted exchange of the home was completed.")]);
  const answer = await command.run({ words: parsed.words, options: parsed.options, place } as never);
  if (!answer) return 0;
  if (json) surroundings.terminal.printJson(answer.data);
  else surroundings.terminal.print(answer.text);
  return answer.failed ? 1 : 0;
}

function showHelp(words: readonly string[], surroundings: Pick<Place, "terminal">, json: boolean): ExitCode {
  const named = words.filter((word) => !word.startsWith("-"));
  const help = COMMANDS.find((one) => one.name === "help") as Command;
  const family = COMMANDS.some((one) => one.name.startsWith(`${named[0]} `));
  const [COMMAND, VERB] = named[0] === "call" ? ["call"] : named.slice(0, family ? 2 : 1);
  const answer = help.run({ words: { COMMAND, VERB }, options: {}, place: surroundings } as never);
  if (answer instanceof Promise || !answer) return 1;
  if (json) surroundings.terminal.printJson(answer.data);
  else surroundings.terminal.print(answer.text);
  return 0;
}

function report(thrown: unknown, terminal: Terminal, json: boolean): void {
  const error = errorData(thrown);
  if (json) {
    terminal.printJson({ error });
    return;
  }
  const problems = (error.details as { problems?: unknown } | undefined)?.problems;
  const listed = Array.isArray(problems) && problems.length > 1 ? problems.map(String) : [];
  const [first = "", ...more] = linesOf(error.message);
  terminal.note([
    [styled("red", "error: "), first as string],
    ...more,
    ...listed.map((problem) => `  - ${problem}`),
    [dim("remedy: "), error.remedy],
    ...toRun(error.action),
  ]);
}

function errorData(thrown: unknown): ErrorData {
  if (thrown instanceof WrongUse)
    return toErrorData(new FieldworkError("invalid_input", thrown.message, { remedy: thrown.remedy }));
  return toErrorData(thrown);
}
