import type { JsonValue } from "#contract";
import type { Terminal, Text } from "../terminal/index.ts";

export interface Option {
  readonly type: "string" | "boolean";
  readonly multiple?: true;
  /** One letter: `-m` for `--message`. */
  readonly short?: string;
  /** The word that stands for the value in the usage line. */
  readonly value?: string;
  readonly summary: string;
}
export type Options = Readonly<Record<string, Option>>;

type Given<O extends Option> = O["type"] extends "boolean"
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : string;
/** Typed values of the options; one that was not given is absent. */
export type OptionValues<O extends Options> = { readonly [K in keyof O]?: Given<O[K]> };
/** Typed words after the command's name; `[NAME]` may be left out. */
export type WordValues<A extends readonly string[]> = {
  readonly [K in A[number] as K extends `[${infer N}]` ? N : K]: K extends `[${string}]`
    ? string | undefined
    : string;
};

/** Where a command runs. */
export interface Place {
  /** Absolute path of the home, which need not exist. */
  readonly home: string;
  /** Absolute path of the program's folder, with `main.ts` and `setup/`. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly terminal: Terminal;
  readonly json: boolean;
  /**
   * Asks the running server for a capability and gives its result.
   * @throws FieldworkError the reply's error, or `unavailable` when no server runs.
   */
  call<T>(capability: string, args: JsonValue, signal?: AbortSignal): Promise<T>;
}

/** What a command found or did: as data for `--json`, and as text. */
export interface Answer {
  readonly data: unknown;
  readonly text: Text;
  /** The command did what was asked and what it found is bad: exit 1. */
  readonly failed?: boolean;
}

export interface Invocation<A extends readonly string[] = readonly string[], O extends Options = Options> {
  readonly words: WordValues<A>;
  readonly options: OptionValues<O>;
  readonly place: Place;
}

/** One command, declared: the parser, the help and the completeness test all read this. */
export interface Command<A extends readonly string[] = readonly string[], O extends Options = Options> {
  /** `agent install` */
  readonly name: string;
  readonly summary: string;
  /** Words after the name: `ID`, or `[ID]` where it may be left out. */
  readonly words: A;
  readonly options: O;
  /** What a user should know beyond the summary, one paragraph a line. */
  readonly details?: readonly string[];
  /** Command lines that work. */
  readonly examples: readonly string[];
  /** `undefined`: the command has printed all there is itself. */
  run(invocation: Invocation<A, O>): Promise<Answer | undefined> | Answer;
}

export function defineCommand<const A extends readonly string[], const O extends Options>(
  command: Command<A, O>,
): Command {
  return command as unknown as Command;
}
