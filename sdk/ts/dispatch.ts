import type { Agent } from "./agent.ts";
import { type CallReply, FieldworkError, unwrap } from "./error.ts";
import { createHost, type Host } from "./host.ts";
import type { Message, Request } from "./message.ts";
import { standardTurn } from "./turn/index.ts";

/** Carries a counter call's JSON, `{"cap","args"}`, to the counter; resolves to the reply's JSON. */
export type Transport = (request: string) => Promise<string>;

const { parse, stringify } = JSON;
const toText = String;
const { hasOwn } = Object;
const defaultTurn = standardTurn();
const hosts = new WeakMap<Transport, Host>();

function hostOf(transport: Transport): Host {
  const known = hosts.get(transport);
  if (known) return known;
  const host = createHost(async <T>(cap: string, args: object = {}) => {
    const reply = await transport(`{"cap":${stringify(toText(cap))},"args":${stringify(args)}}`);
    return unwrap<T>(parse(reply) as CallReply<T>);
  });
  hosts.set(transport, host);
  return host;
}

/** A schedule's or another module's words, for an agent that handles nothing but messages: they are said to it. */
function messageIn({ source, payload }: Request): Message | undefined {
  const { text, session } = (typeof payload === "string" ? { text: payload } : (payload ?? {})) as {
    text?: unknown;
    session?: unknown;
  };
  if (typeof text !== "string") return undefined;
  const own = `${source.kind}:${source.id}`;
  return { text, source, session: source.kind === "schedule" && typeof session === "string" ? session : own };
}

/** Runs the function that the host calls by name. Rejects with what the agent's code throws. */
export async function dispatch(
  agent: Agent,
  fn: string,
  args: unknown,
  transport: Transport,
): Promise<unknown> {
  const host = hostOf(transport);
  const answer = async (message: Message) => {
    const reply = await (agent.onMessage ?? defaultTurn)(message, host);
    return typeof reply === "string" ? { reply } : (reply ?? { reply: "" });
  };
  if (fn === "handle_message") return await answer(args as Message);
  if (fn === "handle" && agent.handle) return await agent.handle(args as Request, host);
  const said = fn === "handle" ? messageIn(args as Request) : undefined;
  if (said) return await answer(said);
  if (fn === "on_load") return (await agent.onLoad?.(host)) ?? {};
  if (fn === "on_stop") return (await agent.onStop?.(host)) ?? {};
  if (fn === "boot" && agent.boot) return (await agent.boot(host)) ?? {};
  if (agent.rpc && hasOwn(agent.rpc, fn)) return await agent.rpc[fn]!.run(args as never, host);
  throw new FieldworkError("not_found", `this agent has no function "${fn}"`, {
    remedy: "Call a function that its manifest lists under exposes_rpc.",
  });
}
