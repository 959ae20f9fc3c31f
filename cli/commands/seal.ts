import { FieldworkError } from "#contract";
import { defineCommand, type Place } from "../command/index.ts";
import { findServer, readiness } from "../server/index.ts";
import { counted, styled } from "../terminal/index.ts";
import { readSecret } from "./passwords.ts";

const TRIES = 3;
const READY_MS = 10_000;

export const reseal = defineCommand({
  name: "reseal",
  summary: "Accept contract/ and kernel/ as they are now, and leave safe mode",
  words: [],
  options: {
    "password-stdin": { type: "boolean", summary: "Read the owner's password from standard input" },
  },
  details: ["Do this only when you know who changed the program. `fw doctor` says whether the seal holds."],
  examples: ["fw reseal", "printf '%s' \"$PASSWORD\" | fw reseal --password-stdin"],
  async run({ options, place }) {
    const data = await seal(place, options["password-stdin"] === true);
    return { data, text: [`${counted(data.files, "file")} are sealed as they are now.`] };
  },
});

/** Seals with the owner's password; a person at the terminal may mistype it. */
async function seal(place: Place, fromInput: boolean): Promise<{ readonly files: number }> {
  for (let left = TRIES; ; left--) {
    const password = await readSecret(place, "The owner's password:", fromInput, "--password-stdin");
    try {
      return await place.call<{ files: number }>("system.reseal", { password });
    } catch (error) {
      const mistyped = error instanceof FieldworkError && error.code === "denied";
      if (!mistyped || fromInput || left <= 1) throw error;
      place.terminal.note([error.message]);
    }
  }
}

/** What of the core of the running server was not as it was sealed, and how many files are sealed since; null: none had to be, or nobody was there to say so. */
export interface Accepted {
  readonly changed: readonly string[];
  readonly sealed: number | null;
}

/** Shows what a new program changed in the core and, with the owner's password, seals it. */
export async function acceptCore(place: Place, fromInput: boolean): Promise<Accepted> {
  const server = await findServer(place.home);
  const { core: changed = [] } = server ? await readiness(server, READY_MS) : {};
  if (changed.length === 0) return { changed, sealed: null };
  const { terminal } = place;
  terminal.note([
    [styled("yellow", "The core of the program is not as you sealed it:")],
    ...changed.map((one) => `  ${one}`),
    "If you brought this version yourself, your password seals it. If not, restore the program's files.",
  ]);
  if (!fromInput && !terminal.interactive) return { changed, sealed: null };
  const { files } = await seal(place, fromInput);
  return { changed, sealed: files };
}
