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

/** A new password: typed twice, or from standard input. */
export async function readNewPassword(place: Place, fromInput: boolean): Promise<string> {
  const password = await readSecret(
    place,
    "New password (10 characters or more):",
    fromInput,
    "--password-stdin",
  );
  if (!fromInput && (await place.terminal.askHidden("Once more:")) !== password)
    throw new WrongUse("The two passwords differ.", "Run it again.");
  return password;
}

/** The present password and the new one, from two lines of standard input. */
export async function twoLines(place: Place): Promise<{ current: string; password: string }> {
  const [current = "", password = ""] = (await place.terminal.readInput()).split(/\r?\n/);
  return { current: nonEmpty(current, "--password-stdin"), password: nonEmpty(password, "--password-stdin") };
}
