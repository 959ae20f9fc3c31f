import type { Host, JsonObject, LlmDelta } from "#contract";
import { isProgram } from "../client/program.ts";

const EVERY_MS = 15;
const AT_CHARS = 64;

let lastCompletion = 0;
/** Numbers completions so that a later one has the larger number, also after a restart. */
const nextCompletion = (now: number): number => {
  lastCompletion = Math.max(lastCompletion + 1, now);
  return lastCompletion;
};

export interface Live {
  delta(delta: LlmDelta): void;
  /** Tells what has gathered; afterwards nothing more comes. */
  end(): void;
}

/** A program that uses the gateway has no session; what is said to it is of a kind of its own. */
export const deltaKind = (agent: string): string => (isProgram(agent) ? "client.delta" : "llm.delta");

/**
 * Tells deltas to those who listen: the first at once, then what gathered within 15 ms or 64 characters in one
 * event, so that a fast model does not cost an event a token. Each says where in the answer it belongs.
 */
export function createLive(
  host: Pick<Host, "live" | "now">,
  to: { readonly kind: string; readonly agent: string; readonly session: string; readonly trace: string },
): Live {
  let waiting: LlmDelta[] = [];
  let chars = 0;
  let toldAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const completion = nextCompletion(host.now());
  const lengths = new Map<string, number>();

  const placed = (delta: LlmDelta): JsonObject => {
    const stream = delta.type === "tool_call" ? `tool_call ${delta.index}` : delta.type;
    const offset = lengths.get(stream) ?? 0;
    lengths.set(stream, offset + (delta.type === "tool_call" ? (delta.args ?? "") : delta.text).length);
    return { ...delta, completion, offset };
  };
  const tell = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const deltas = waiting;
    waiting = [];
    chars = 0;
    toldAt = performance.now();
    for (const data of deltas) host.live({ ...to, data: placed(data) });
  };
  return {
    delta(delta) {
      const last = waiting.at(-1);
      const joined = last && join(last, delta);
      if (joined) waiting[waiting.length - 1] = joined;
      else waiting.push(delta);
      chars += delta.type === "tool_call" ? (delta.args?.length ?? 0) : delta.text.length;
      const wait = toldAt + EVERY_MS - performance.now();
      if (wait <= 0 || chars >= AT_CHARS) tell();
      else timer ??= setTimeout(tell, wait);
    },
    end: tell,
  };
}

function join(last: LlmDelta, next: LlmDelta): LlmDelta | undefined {
  if (last.type === "tool_call") {
    if (next.type !== "tool_call" || next.index !== last.index || next.id || next.name) return undefined;
    return { ...last, args: (last.args ?? "") + (next.args ?? "") };
  }
  return next.type === last.type ? { type: last.type, text: last.text + next.text } : undefined;
}
