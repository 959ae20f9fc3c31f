import type { Place } from "../command/index.ts";
import { WrongUse } from "../command/index.ts";

/** A secret value: the first line of standard input where asked so, else typed without being shown. */
export async function readSecret(
  place: Place,
  prompt: string,
  fromInput: boolean,
  option: string,
): Promise<string> {
  const { terminal } = place;
  if (fromInput) return nonEmpty((await terminal.readInput()).replace(/\r?\n$/, ""), option);
  if (!terminal.interactive)
    throw new WrongUse("Nobody is there to type it.", `Give it on standard input with ${option}.`);
  return nonEmpty((await terminal.askHidden(prompt)) ?? "", option);
}

function nonEmpty(value: string, option: string): string {
  if (value === "")
    throw new WrongUse("Nothing was given.", `Type it, or give it on standard input with ${option}.`);
  return value;
}
