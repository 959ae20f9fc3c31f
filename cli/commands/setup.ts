import { defineCommand, WrongUse } from "../command/index.ts";
import { readNewPassword, readSecret } from "./passwords.ts";

export const setup = defineCommand({
  name: "setup",
  summary: "Create the owner's account, once",
  words: [],
  options: {
    owner: { type: "string", value: "NAME", summary: "The owner's name" },
    "password-stdin": { type: "boolean", summary: "Read the password from standard input" },
  },
  details: [
    "The password has 10 characters or more. Without --password-stdin it is asked for twice and not shown.",
  ],
  examples: ["fw setup --owner ada", "printf '%s' \"$PASSWORD\" | fw setup --owner ada --password-stdin"],
  async run({ options, place }) {
    const { owner } = options;
    if (owner === undefined) throw new WrongUse("The owner has no name.", "fw setup --owner NAME");
    const password = await readNewPassword(place, options["password-stdin"] === true);
    const data = await place.call("system.setup", { owner, password });
    return { data, text: [`The account of ${owner} is made.`] };
  },
});

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
    const fromInput = options["password-stdin"] === true;
    const password = await readSecret(place, "The owner's password:", fromInput, "--password-stdin");
    const data = await place.call<{ files: number }>("system.reseal", { password });
    return { data, text: [`${data.files} files are sealed as they are now.`] };
  },
});
