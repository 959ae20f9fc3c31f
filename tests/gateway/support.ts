import { rmSync } from "node:fs";
import { onTestFinished } from "vitest";
import type { Caller, ErrorData, Event, JsonValue, LiveEvent, LlmReply, Logger, Reply } from "#contract";
import { createKernel, type Kernel } from "#kernel";
import { builtIn } from "../../modules/index.ts";
import { type RunningGateway, startGateway } from "../../server/gateway/index.ts";
import {
  type ModelScript,
  type ModelServer,
  type ModelServerOptions,
  startModelServer,
} from "../model-server/index.ts";
import { freshHome, ROOT } from "../support/system.ts";

export const OWNER: Caller = { id: "owner", tier: "owner" };
export const SCOUT: Caller = { id: "scout", tier: "system" };

const silent = () => {};
const quiet: Logger = { debug: silent, info: silent, warn: silent, error: silent };

/** A real kernel with the built-in modules, in this process. */
export interface World {
  readonly home: string;
  readonly kernel: Kernel;
  readonly gateway: RunningGateway;
  /** Live events so far. */
  readonly live: LiveEvent[];
  result<T = Readonly<Record<string, JsonValue>>>(cap: string, args?: JsonValue, caller?: Caller): Promise<T>;
  /** @throws where it did not fail */
  failure(
    cap: string,
    args: JsonValue,
    caller?: Caller,
  ): Promise<ErrorData & { readonly details: JsonObjectLike }>;
  complete(args: CompleteArgs, caller?: Caller, signal?: AbortSignal): Promise<LlmReply>;
  events(kind: string): readonly Event[];
  close(): Promise<void>;
}
type JsonObjectLike = Readonly<Record<string, JsonValue>>;
export interface CompleteArgs {
  readonly messages?: JsonValue;
  readonly [key: string]: JsonValue | undefined;
}
const HELLO = [{ role: "user", content: "Hello" }];

export async function startWorld(home: string = freshHome(), keep = false): Promise<World> {
  const kernel = await createKernel({
    home,
    root: ROOT,
    modules: builtIn,
    logger: () => quiet,
  });
  const gateway = await startGateway({ kernel, port: 0 });
  const live: LiveEvent[] = [];
  kernel.events.live((event) => void live.push(event));
  const result = async <T>(
    cap: string,
    args: JsonValue = {},
    caller = OWNER,
    signal?: AbortSignal,
  ): Promise<T> => {
    const reply: Reply = await kernel.call(caller, cap, args, { signal });
    if (!reply.ok)
      throw Object.assign(new Error(`${cap}: ${reply.error.code}: ${reply.error.message}`), {
        error: reply.error,
      });
    return reply.result as T;
  };
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= (async () => {
      await gateway.close();
      await kernel.close();
    })();
    return closed;
  };
  onTestFinished(async () => {
    await close();
    if (!keep) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    home,
    kernel,
    gateway,
    live,
    result,
    async failure(cap, args, caller = OWNER) {
      const reply = await kernel.call(caller, cap, args);
      if (reply.ok) throw new Error(`${cap} did not fail: ${JSON.stringify(reply.result).slice(0, 500)}`);
      return { ...reply.error, details: (reply.error.details ?? {}) as JsonObjectLike };
    },
    complete: (args, caller = SCOUT, signal) =>
      result<LlmReply>("llm.complete", { messages: HELLO, ...args } as JsonValue, caller, signal),
    events: (kind) => kernel.events.read(0, 10_000, { kind }),
    close,
  };
}

export async function scripted(script?: ModelScript, options?: ModelServerOptions): Promise<ModelServer> {
  const server = await startModelServer(script, options);
  onTestFinished(server.close);
  return server;
}

/** Adds the model server as a model; the first one added is the one in use. */
export const addModel = (
  world: World,
  server: ModelServer,
  name = "scripted",
  more: Readonly<Record<string, JsonValue>> = {},
): Promise<JsonObjectLike> =>
  world.result("model.add", { name, dialect: "openai", base_url: server.url, model: "scripted", ...more });

/** The text of a reply. */
export const textOf = ({ message }: LlmReply): string =>
  typeof message.content === "string"
    ? message.content
    : message.content.map((part) => (part.type === "text" ? part.text : "")).join("");
