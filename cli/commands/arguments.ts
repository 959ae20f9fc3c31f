import type { JsonValue } from "#contract";
import { type Place, WrongUse } from "../command/index.ts";

/** JSON from the command line, `-` from standard input; nothing means `{}`. @throws WrongUse saying where it does not parse. */
export async function readJson(place: Place, word: string | undefined): Promise<JsonValue> {
  if (word === undefined) return {};
  const text = word === "-" ? await place.terminal.readInput() : word;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new WrongUse(
      `The arguments are not JSON: ${(error as Error).message}`,
      "Put the JSON in single quotes, or give `-` and send it on standard input.",
    );
  }
}
