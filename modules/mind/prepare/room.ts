import type { z } from "zod";
import { type CallContext, type capability, FieldworkError, type JsonObject } from "#contract";

/** Kept free for an answer where nobody says how long it may be, and never more than a part of what the model takes in. */
const ANSWER_TOKENS = 8192;
const ANSWER_SHARE = 0.25;
const ANSWER_MOST_SHARE = 0.5;
/** The assembled context takes so much of the room that is left, so that a turn can grow before it is assembled anew. */
const CONTEXT_SHARE = 0.85;
const BUDGET_MIN_TOKENS = 256;

type Status = z.output<ReturnType<typeof capability<"llm.status">>["output"]>;

export interface Room {
  readonly budget_tokens: number;
  /** What messages and tools may grow to; `null`: not known. */
  readonly limit_tokens: number | null;
  /** What is wrong with the models just now, a line each. */
  readonly degraded: readonly string[];
}

/** What fits into the model that will be asked, beforehand: the window of the first candidate, less what its answer needs. */
export async function roomFor(
  asked: {
    readonly budget_tokens: number;
    readonly model?: string | undefined;
    readonly max_output_tokens?: number | undefined;
  },
  { host, caller, signal }: CallContext,
): Promise<Room> {
  const args = { agent: caller.id, ...(asked.model === undefined ? {} : { model: asked.model }) };
  let status: Status;
  try {
    status = (await host.call("llm.status", args)) as unknown as Status & JsonObject;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof FieldworkError)) throw error;
    // The completion itself will say what is wrong.
    return { budget_tokens: asked.budget_tokens, limit_tokens: null, degraded: [] };
  }
  const [first] = status.candidates;
  const degraded = status.candidates.flatMap(({ model, dialect, failing }) => {
    if (dialect === "builtin") return status.candidates.length === 1 ? ["a model (none is connected)"] : [];
    return failing === null ? [] : [`the model ${model} (${failing.code})`];
  });
  const window = first?.context_tokens ?? null;
  if (window === null) return { budget_tokens: asked.budget_tokens, limit_tokens: null, degraded };
  const answer = Math.min(
    asked.max_output_tokens ?? Math.min(ANSWER_TOKENS, Math.floor(window * ANSWER_SHARE)),
    Math.floor(window * ANSWER_MOST_SHARE),
  );
  const limit_tokens = Math.max(BUDGET_MIN_TOKENS, window - answer);
  const most = Math.max(BUDGET_MIN_TOKENS, Math.floor(limit_tokens * CONTEXT_SHARE));
  return { budget_tokens: Math.min(asked.budget_tokens, most), limit_tokens, degraded };
}
