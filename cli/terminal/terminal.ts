import { createInterface } from "node:readline/promises";
import { FieldworkError } from "#contract";
import { readHidden } from "./hidden.ts";
import { jsonText } from "./neutral.ts";
import { dim, render, type Text } from "./text.ts";

const INPUT_MAX_BYTES = 16 * 1024 * 1024;

/** Where a command reads and writes. Answers go to standard output, everything said on the way to standard error. */
export interface Terminal {
  /** Columns; infinite when the output is not a terminal. */
  readonly width: number;
  /** A person sits there and can be asked. */
  readonly interactive: boolean;
  print(text: Text): void;
  printJson(value: unknown): void;
  note(text: Text): void;
  /** One line from the person; `undefined` when the input ends. */
  ask(question: string): Promise<string | undefined>;
  /** One line from the person, not shown while it is typed. */
  askHidden(question: string): Promise<string | undefined>;
  /** Standard input to its end, as text. */
  readInput(): Promise<string>;
}

export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process;
  const colour = (stream: NodeJS.WriteStream): boolean =>
    stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  const note = (text: Text): void => void stderr.write(render(text, colour(stderr)));
  return {
    width: stdout.isTTY ? stdout.columns || 80 : Number.POSITIVE_INFINITY,
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    print: (text) => void stdout.write(render(text, colour(stdout))),
    printJson: (value) => void stdout.write(`${jsonText(value)}\n`),
    note,
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      const ended = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
      try {
        return await Promise.race([lines.question(render([question], false).trimEnd().concat(" ")), ended]);
      } finally {
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
