/**
 * Tests of an agent without a sandbox: an in-memory counter that behaves as the real one for storage, files and
 * the basics, and plays the part you give it for everything else. Import it as `"fieldwork/testing"`.
 *
 * @example
 * import test from "node:test";
 * import { createTestCounter, runAgent } from "fieldwork/testing";
 * import definition from "./agent.ts";
 *
 * test("it greets", async (t) => {
 *   const counter = createTestCounter({ "llm.complete": () => ({ message: { content: "Hello" } }) });
 *   const reply = await runAgent(definition, counter).message("Hi");
 *   t.assert.equal(reply.reply, "Hello");
 * });
 *
 * @module
 */
import type { Agent } from "./agent.ts";
import { dispatch } from "./dispatch.ts";
import { type CallReply, FieldworkError } from "./error.ts";
import type { Json, JsonObject } from "./json.ts";
import { createMemoryProviders } from "./memory-counter.ts";
import type { Message, Reply, Request } from "./message.ts";

/** Answers a capability: a result, or an error thrown. */
export type Provider = (args: JsonObject) => unknown;

export interface TestCounter {
  /** Every call made, in order. */
  readonly calls: readonly { readonly cap: string; readonly args: JsonObject }[];
  /** The keys and values of `store.kv`. */
  readonly kv: Map<string, Json>;
  /** The workspace: path → text. */
  readonly files: Map<string, string>;
  /** What `log` was given. */
  readonly lines: readonly string[];
  answer(cap: string, args: JsonObject): Promise<CallReply<unknown>>;
}

/** A counter in memory. `providers` add to what it offers, or replace it. */
export function createTestCounter(providers: Readonly<Record<string, Provider>> = {}): TestCounter {
  const calls: { cap: string; args: JsonObject }[] = [];
  const memory = createMemoryProviders();
  const answer = async (cap: string, args: JsonObject): Promise<CallReply<unknown>> => {
    calls.push({ cap, args });
    try {
      if (cap === "batch") {
        const list = args.calls as unknown as readonly { cap: string; args?: JsonObject }[];
        const results = await Promise.all(list.map((call) => answer(call.cap, call.args ?? {})));
        return { ok: true, result: { results } };
      }
      const provider = providers[cap] ?? memory.providers[cap];
      if (!provider) {
        throw new FieldworkError("unavailable", `the test counter has no ${cap}`, {
          remedy: `Give createTestCounter a provider: { "${cap}": (args) => … }.`,
        });
      }
      return { ok: true, result: (await provider(args)) ?? null };
    } catch (thrown) {
      return { ok: false, error: errorData(thrown) };
    }
  };
  return { calls, kv: memory.kv, files: memory.files, lines: memory.lines, answer };
}

function errorData(thrown: unknown) {
  if (thrown instanceof FieldworkError) {
    const { code, message, remedy, details } = thrown;
    return details === undefined ? { code, message, remedy } : { code, message, remedy, details };
  }
  return { code: "internal", message: String(thrown), remedy: "" };
}

/** An agent run in this process: what it throws is thrown here. */
export interface RunningAgent {
  message(message: string | Partial<Message>): Promise<Reply>;
  handle(request: Partial<Request> & { readonly type: string }): Promise<unknown>;
  /** `on_load`, `on_stop`, `boot` or an exposed function. */
  call(fn: string, args?: unknown): Promise<unknown>;
}

const OWNER = { kind: "owner", id: "owner" } as const;

/** Runs an agent against a counter. Arguments and results pass through JSON, as they do in the sandbox. */
export function runAgent(agent: Agent, counter: TestCounter = createTestCounter()): RunningAgent {
  const transport = async (request: string): Promise<string> => {
    const { cap, args } = JSON.parse(request) as { cap: string; args: JsonObject };
    return JSON.stringify(await counter.answer(cap, args));
  };
  const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
  const call = async (fn: string, args: unknown = {}): Promise<unknown> =>
    throughJson(await dispatch(agent, fn, throughJson(args), transport));
  return {
    call,
    handle: (request) => call("handle", { source: OWNER, payload: {}, ...request }),
    message: (message) =>
      call("handle_message", {
        text: "",
        session: "test",
        source: OWNER,
        ...(typeof message === "string" ? { text: message } : message),
      }) as Promise<Reply>,
  };
}
