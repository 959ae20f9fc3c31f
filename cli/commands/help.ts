import {
  type Command,
  commandHelp,
  defineCommand,
  familyHelp,
  findCommand,
  programHelp,
  usageOf,
} from "../command/index.ts";
import { capabilityHelp } from "./capability_help.ts";

export interface CommandGroup {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** `fw help`, which knows all the other commands. */
export function helpCommand(groups: () => readonly CommandGroup[]): Command {
  return defineCommand({
    name: "help",
    summary: "Explain a command, or a capability",
    words: ["[COMMAND]", "[VERB]"],
    options: {},
    examples: ["fw help", "fw help agent", "fw help agent install", "fw help call system.health"],
    run({ words, place }) {
      const all = groups().flatMap((group) => group.commands);
      const { COMMAND: first, VERB: second } = words;
      if (first === undefined) return { data: { commands: all.map(describe) }, text: programHelp(groups()) };
      if (first === "call" && second !== undefined) return capabilityHelp(second, place.terminal.width);
      const family = all.filter((one) => one.name.startsWith(`${first} `));
      if (second === undefined && family.length > 0) {
        const head = all.filter((one) => one.name === first);
        return {
          data: { commands: [...head, ...family].map(describe) },
          text: [...head.flatMap((one) => [...commandHelp(one), ""]), ...familyHelp(first, family)],
        };
      }
      const { command } = findCommand(second === undefined ? [first] : [first, second], all);
      return { data: describe(command), text: commandHelp(command) };
    },
  });
}

const describe = (command: Command) => ({
  name: command.name,
  summary: command.summary,
  usage: usageOf(command),
  options: command.options,
  examples: command.examples,
});
