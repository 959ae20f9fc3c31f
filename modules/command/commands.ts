import { CAPABILITIES, type CallContext, type JsonValue } from "#contract";

interface Command {
  readonly usage: string;
  readonly summary: string;
  run(rest: string, context: CallContext): Promise<string> | string;
}

export interface Ran {
  readonly ok: boolean;
  readonly command: string;
  readonly text: string;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  help: {
    usage: "/help",
    summary: "What can be typed here.",
    run: () =>
      Object.values(COMMANDS)
        .map(({ usage, summary }) => `${usage}: ${summary}`)
        .join("\n"),
  },
  time: {
    usage: "/time",
    summary: "The time, in UTC.",
    run: (_, context) => new Date(context.host.now()).toISOString(),
  },
  agents: {
    usage: "/agents",
    summary: "The modules that are ready.",
    async run(_, context) {
      const { modules } = (await context.call("registry.list", {})) as unknown as {
        modules: readonly { id: string; display_name: string; description: string }[];
      };
      return (
        modules
          .map(({ id, display_name, description }) => `${id}: ${description || display_name}`)
          .join("\n") || "There are none."
      );
    },
  },
  call: {
    usage: "/call CAPABILITY [JSON]",
    summary: "Ask the counter, with your own rights.",
    async run(rest, context) {
      const [, cap = "", json = ""] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? [];
      if (!CAPABILITIES.has(cap)) return `There is no capability ${cap}. Type /help.`;
      const args = (json === "" ? {} : JSON.parse(json)) as JsonValue;
      return JSON.stringify(await context.call(cap, args), undefined, 2);
    },
  },
};

/** Runs the command in a text that begins with `/`; what goes wrong is said in the answer. */
export async function runCommand(text: string, context: CallContext): Promise<Ran> {
  const [, name = "", rest = ""] = /^\/?(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return { ok: false, command: name, text: `There is no command /${name}. Type /help.` };
  try {
    return { ok: true, command: name, text: await command.run(rest, context) };
  } catch (error) {
    return { ok: false, command: name, text: error instanceof Error ? error.message : String(error) };
  }
}
