import { randomBytes } from "node:crypto";
import { setImmediate as turnOfTheLoop } from "node:timers/promises";
import {
  CAPABILITIES,
  capability,
  FieldworkError,
  fail,
  type JsonValue,
  type Provider,
  provide,
  type Reply,
} from "#contract";
import type { Counter } from "../counter/index.ts";
import type { Registry } from "../modules/index.ts";

/** Calls of a batch that are begun in one turn of the event loop: others are served in between. */
const BATCH_STEP = 4;

export interface BasicParts {
  readonly now: () => number;
  readonly counter: Counter;
  readonly registry: Registry;
  guestLog(caller: string, level: string, text: string): void;
}

/** The arguments of a batch are hashed as a whole, so what is confidential has to stand by itself. @throws FieldworkError */
function refuseInBatch(cap: string): void {
  if (cap === "batch")
    throw new FieldworkError("invalid_input", "A batch cannot hold a batch.", {
      remedy: "Send its calls in this one.",
    });
  if (CAPABILITIES.get(cap)?.confidential)
    throw new FieldworkError("denied", `A batch cannot hold ${cap}.`, {
      remedy: "Call it by itself.",
    });
}

/** What every caller has without a grant. */
export function serveBasic({ now, counter, registry, guestLog }: BasicParts): Provider[] {
  return [
    provide(capability("time.now"), () => ({ ms: now(), iso: new Date(now()).toISOString() })),
    provide(capability("random.bytes"), (args) => ({
      base64: randomBytes(args.length).toString("base64"),
    })),
    provide(capability("log"), (args, { caller }) => {
      const { level, text } = args;
      guestLog(caller.id, level, text);
      return { ok: true as const };
    }),
    provide(capability("batch"), {
      repeatable: ({ calls }) => calls.every(({ cap, args }) => counter.repeatable(cap, args)),
      run: async (args, context) => {
        const { calls } = args as { calls: readonly { cap: string; args: JsonValue }[] };
        const one = async ({ cap, args: inner }: (typeof calls)[number]): Promise<Reply> => {
          try {
            refuseInBatch(cap);
            return { ok: true, result: await context.call(cap, inner) };
          } catch (error) {
            return fail(error);
          }
        };
        const begun: Promise<Reply>[] = [];
        for (const call of calls) {
          if (begun.length > 0 && begun.length % BATCH_STEP === 0) await turnOfTheLoop();
          begun.push(one(call));
        }
        const results = await Promise.all(begun);
        return { results: results as unknown as JsonValue[] };
      },
    }),
    provide(capability("registry.list"), (args) => {
      const { kind, id: only } = args;
      const ids = only === undefined ? registry.ids() : [only].filter((id) => registry.has(id));
      const all = ids.map((id) => registry.info(id));
      const shown = all.filter((one) => one.state === "ready" && (kind === undefined || one.kind === kind));
      return {
        modules: shown.map(({ id, kind: of, display_name, description, functions }) => ({
          id,
          kind: of,
          display_name,
          description,
          functions,
        })),
      };
    }),
    provide(capability("registry.providers"), () => ({ providers: counter.providers() })),
  ];
}
