import { createInterface } from "node:readline/promises";
import { FieldworkError } from "#contract";
import { readHidden } from "./hidden.ts";
import { jsonText, neutral } from "./neutral.ts";
import { dim, render, type Text } from "./text.ts";

const INPUT_MAX_BYTES = 16 * 1024 * 1024;

/** Where a command reads and writes. Answers go to standard output, everything said on the way to standard error. */
export interface Terminal {
  /** Columns; infinite when the output is not a terminal. */
  readonly width: number;
  /** A person sits there and can be asked. */
  readonly interactive: boolean;
  /** A person watches what is printed. */
  readonly watched: boolean;
  print(text: Text): void;
  /** A piece of running text, to where answers go. */
  write(text: string): void;
  printJson(value: unknown): void;
  note(text: Text): void;
  /** One line from the person; `undefined` when the input ends, or the question is taken back. */
  ask(question: string, signal?: AbortSignal): Promise<string | undefined>;
  /** One line from the person, not shown while it is typed. */
  askHidden(question: string): Promise<string | undefined>;
  /** Standard input to its end, as text. */
  readInput(): Promise<string>;
}

/** Is it a terminal that shows colours, to a person who wants them? */
export const coloured = (stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";

export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process;
  const note = (text: Text): void => void stderr.write(render(text, coloured(stderr, env)));
  return {
    width: stdout.isTTY ? stdout.columns || 80 : Number.POSITIVE_INFINITY,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    watched: stdout.isTTY === true,
    write: (text) => void stdout.write(neutral(text)),
    print: (text) => void stdout.write(render(text, coloured(stdout, env))),
    printJson: (value) => void stdout.write(`${jsonText(value)}\n`),
    note,
    async ask(question, signal) {
      const lines = createInterface({ input: stdin, output: stderr });
      const ended = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
      const takeBack = () => lines.close();
      signal?.addEventListener("abort", takeBack, { once: true });
      try {
        return await Promise.race([lines.question(render([question], false).trimEnd().concat(" ")), ended]);
      } finally {
        signal?.removeEventListener("abort", takeBack);
        lines.close();
      }
    },
    async askHidden(question) {
      const typing = readHidden(stdin);
      // Asked only once the terminal shows nothing any more: what is typed ahead of that would be seen.
      stderr.write(`${render([question], false).trimEnd()} `);
      const typed = await typing;
      note([dim("")]);
      return typed;
    },
    async readInput() {
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of stdin) {
        size += (chunk as Buffer).length;
        if (size > INPUT_MAX_BYTES) throw new FieldworkError("too_large", "The input is larger than 16 MiB.");
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks).toString("utf8");
    },
  };
}
