import { defineCommand, WrongUse } from "../command/index.ts";
import { readNewPassword } from "./passwords.ts";

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
