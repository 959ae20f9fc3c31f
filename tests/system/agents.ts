/** Agents that the whole-system tests speak to, and short ways to speak to them. */
import { fw, type Ran } from "../../cli/test/fw.ts";
import type { Event, JsonValue, Mail, ModuleInfo } from "../../contract/index.ts";
import type { System } from "../support/system.ts";

/** The source of an `agent.ts` whose exposed functions are written out as code: name → body of `(args, host)`. */
export function source(rpc: Readonly<Record<string, string>>, more = ""): string {
  const functions = Object.entries(rpc).map(
    ([name, body]) => `    ${name}: { async run(args, host) { ${body} } },`,
  );
  return `import { agent } from "fieldwork";\nexport default agent({\n  rpc: {\n${functions.join("\n")}\n  },\n  ${more}\n});\n`;
}

/** The manifest's `exposes_rpc` of function names. */
export const exposes = (...names: readonly string[]) => ({
  exposes_rpc: names.map((name) => ({ name, description: "" })),
});

/** What a function of a module replies. @throws with the error of the call. */
export async function ask<T = JsonValue>(
  system: System,
  id: string,
  fn: string,
  args: JsonValue = {},
): Promise<T> {
  const { reply } = await system.result<{ reply: T }>("module.invoke", { id, function: fn, args });
  return reply;
}

/** The error of a call that must fail. */
export async function refused(
  system: System,
  cap: string,
  args: JsonValue = {},
): Promise<{ code: string; message: string; remedy: string; details?: unknown }> {
  const reply = await system.call(cap, args);
  if (reply.ok) throw new Error(`${cap} went through: ${JSON.stringify(reply.result)}`);
  return reply.error;
}

export const show = (system: System, id: string): Promise<ModuleInfo> => system.result("agent.show", { id });

export async function inbox(system: System, to: string, limit = 500): Promise<Mail[]> {
  return (await system.result<{ messages: Mail[] }>("message.list", { to, limit })).messages;
}

export async function events(system: System, kind: string, actor?: string): Promise<Event[]> {
  const filter = { kind, newest: true, limit: 1000, ...(actor === undefined ? {} : { actor }) };
  return (await system.result<{ events: Event[] }>("journal.query", filter)).events;
}

/** The command line on the home of a running system. */
export const command = (system: System, args: readonly string[], input?: string): Promise<Ran> =>
  fw(args, { home: system.home, ...(input === undefined ? {} : { input }) });

/** What an agent answers to a message. @throws with its error. */
export async function say(system: System, id: string, text: string): Promise<{ reply: string }> {
  const { mail } = await system.result<{ mail: Mail }>("message.send", { to: id, text, wait: true });
  if (mail.state !== "done") throw new Error(JSON.stringify(mail.error));
  return mail.reply as { reply: string };
}

/** Installs a pack with all it asks for, by the command line. */
export async function install(system: System, path: string): Promise<ModuleInfo> {
  const ran = await command(system, ["agent", "install", path, "--yes", "--json"]);
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return ran.json() as ModuleInfo;
}
