import "./clone.ts";
import "./console.ts";
import "./encoding.ts";
import "./random.ts";
import "./url.ts";
import { describe, failure } from "./failure.ts";
import {
  createTable,
  forAwait,
  PromiseConstructor,
  parseJson,
  stringifyJson,
  subscribe,
  toText,
} from "./intrinsics.ts";
import { native } from "./native.ts";
import { ENTRY } from "./protocol.ts";
import { fireTimer } from "./timers.ts";

/** Sends a counter call's JSON; the reply's JSON comes back. */
type Transport = (request: string) => Promise<string>;

/** What the boot module exports: the agent's default export and the SDK's way to run it. */
interface Program {
  readonly definition: unknown;
  readonly dispatch: (
    definition: unknown,
    fn: string,
    args: unknown,
    transport: Transport,
  ) => Promise<unknown>;
}

const replies = createTable<(reply: string) => void>();
let lastRequest = 0;
let program: Program | undefined;

/** The only way in. What it does for each `kind` is told in the protocol. */
export function enter(kind: number, id: number, first?: unknown, second?: unknown): string | undefined {
  if (kind === ENTRY.call) return call(id, first as string, second as string);
  if (kind === ENTRY.reply) return reply(id, first as string);
  if (kind === ENTRY.timer) return timer(id);
  if (kind === ENTRY.describe) return stringifyJson({ __proto__: null, ...describe(first) });
  return start(first as Program);
}

function start({ definition, dispatch }: Program): string | undefined {
  if (typeof definition !== "object" || definition === null) return "has no agent as its default export";
  program = { definition, dispatch };
  return undefined;
}

const transport: Transport = (request) => {
  const id = ++lastRequest;
  const promise = new PromiseConstructor<string>((resolve, reject) => {
    replies.set(id, resolve);
    const refusal = native.request(id, toText(request));
    if (refusal === undefined) return;
    replies.delete(id);
    reject(new RangeError(refusal));
  });
  return forAwait(promise);
};

function reply(id: number, json: string): undefined {
  const resolve = replies.get(id);
  replies.delete(id);
  resolve?.(json);
}

function call(id: number, fn: string, argsJson: string): undefined {
  const { definition, dispatch } = program!;
  try {
    subscribe(
      dispatch(definition, fn, parseJson(argsJson), transport),
      (value) => native.settle(id, success(value)),
      (reason) => native.settle(id, failure(reason)),
    );
  } catch (thrown) {
    native.settle(id, failure(thrown));
  }
}

function success(value: unknown): string {
  try {
    return `{"ok":true,"result":${stringifyJson(value) ?? "null"}}`;
  } catch (thrown) {
    return failure(thrown);
  }
}

function timer(id: number): undefined {
  try {
    fireTimer(id);
  } catch (thrown) {
    const { name, message, stack } = describe(thrown);
    native.log(`Uncaught in a timer: ${name}: ${message}\n${stack}`);
  }
}
