import type { Host } from "./host.ts";
import type { Message, Reply, Request } from "./message.ts";

type MaybePromise<T> = T | Promise<T>;

/** A function that other modules may call. It must stand in the manifest's `exposes_rpc` too. */
export interface Rpc<In = never, Out = unknown> {
  readonly description?: string;
  /** JSON Schema of the arguments; the kernel checks them against the manifest's before `run`. */
  readonly input?: object;
  run(args: In, host: Host): MaybePromise<Out>;
}

/** What an agent does. Everything is optional; what is missing is answered with `not_found`. */
export interface Agent {
  /** A message from a person, a channel, a schedule. Default: `standardTurn()`, a conversation with a model. */
  onMessage?(message: Message, host: Host): MaybePromise<Reply | string>;
  /** A typed message of the bus: any JSON is the answer. */
  handle?(request: Request, host: Host): unknown;
  /** After loading; 30 seconds. */
  onLoad?(host: Host): unknown;
  /** Before the agent is stopped; 10 seconds. */
  onStop?(host: Host): unknown;
  /** Makes the agent a daemon: started once, started again when it ends. Needs `boot` in `exposes_rpc`. */
  boot?(host: Host): unknown;
  readonly rpc?: Readonly<Record<string, Rpc>>;
}

/**
 * Declares an agent: the default export of `agent.ts`.
 *
 * @example
 * import { agent } from "fieldwork";
 *
 * export default agent({
 *   async onMessage(message, host) {
 *     await host.store.kv.set("last", message.text);
 *     return `You said: ${message.text}`;
 *   },
 * });
 */
export function agent(definition: Agent): Agent {
  const known = ["onMessage", "handle", "onLoad", "onStop", "boot", "rpc"];
  const unknown = Object.keys(definition).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new TypeError(`agent({ … }) does not know ${unknown.join(", ")}; it knows ${known.join(", ")}`);
  }
  return definition;
}

/** Declares an exposed function with typed arguments and result. */
export function rpc<In, Out>(definition: Rpc<In, Out>): Rpc {
  return definition as Rpc;
}
