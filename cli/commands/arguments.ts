import type { JsonObject, JsonValue } from "#contract";
import { type Place, WrongUse } from "../command/index.ts";

/** The agent that ships, meant where none is named. */
export const DEFAULT_AGENT = "field";

/** For commands about something an agent has. */
export const AGENT_OPTION = {
  agent: { type: "string", value: "ID", summary: `Which agent (default: ${DEFAULT_AGENT})` },
} as const;

/** JSON from the command line, `-` from standard input; nothing means `{}`. @throws WrongUse saying where it does not parse. */
export async function readJson(place: Place, word: string | undefined): Promise<JsonValue> {
  if (word === undefined) return {};
  const text = await readText(place, word);
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw new WrongUse(
      `The arguments are not JSON: ${(error as Error).message}`,
      "Put the JSON in single quotes, or give `-` and send it on standard input.",
    );
  }
}

/** A word of the command line; `-` is standard input, without its last line end. */
export const readText = async (place: Place, word: string): Promise<string> =>
  word === "-" ? (await place.terminal.readInput()).replace(/\r?\n$/, "") : word;

/** The arguments that were given. */
export const given = (args: Readonly<Record<string, JsonValue | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined)) as JsonObject;
