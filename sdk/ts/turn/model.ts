import type { CompletionResult, Usage } from "../llm.ts";
import { codeOf, prepare, type Turn } from "./state.ts";

/** A model's answer changes nothing: when a crash left one unknown, it is asked for again. */
const ASK_AGAIN_MAX = 3;
const SHRINK_MAX = 2;
const BUDGET_MIN_TOKENS = 256;
/** So much may come to the assembled context, as a part of it, before it is assembled anew. */
const GROWTH = 0.5;

/** The model's next answer, streamed to the session while it is written. @throws FieldworkError `model_*`, `budget_exhausted`, … */
export async function complete(turn: Turn, tools: "auto" | "none"): Promise<CompletionResult> {
  const { settings, host } = turn;
  const { budget_tokens, limit_tokens } = turn.prepared;
  const most = Math.min(budget_tokens * (1 + GROWTH), limit_tokens ?? Number.POSITIVE_INFINITY);
  if (turn.contextTokens > most) await prepare(turn);
  let [asked, shrunk] = [0, 0];
  for (;;) {
    try {
      const result = await host.llm.complete({
        messages: turn.conversation,
        stream_to: turn.message.session,
        ...(settings.model === undefined ? {} : { model: settings.model }),
        ...(settings.temperature === undefined ? {} : { temperature: settings.temperature }),
        ...(settings.thinking === undefined ? {} : { thinking: settings.thinking }),
        ...(settings.max_output_tokens === undefined ? {} : { max_tokens: settings.max_output_tokens }),
        ...(turn.tools.length === 0
          ? {}
          : {
              tools: turn.tools.map(({ name, description = "", parameters }) => ({
                name,
                description,
                parameters,
              })),
              ...(tools === "none" ? { tool_choice: tools } : {}),
            }),
      });
      spend(turn, result);
      turn.model = result.model;
      return result;
    } catch (error) {
      const code = codeOf(error);
      if (code === "outcome_unknown" && ++asked < ASK_AGAIN_MAX) continue;
      if (code !== "model_context_overflow" || ++shrunk > SHRINK_MAX) throw error;
      turn.budgetTokens = Math.max(BUDGET_MIN_TOKENS, Math.floor(turn.prepared.budget_tokens / 2));
      await prepare(turn);
    }
  }
}

/** Counts what an answer took. */
export function spend(turn: Turn, { usage, cost_usd }: Pick<CompletionResult, "usage" | "cost_usd">): void {
  turn.usage = added(turn.usage, usage);
  if (cost_usd !== null) turn.costUsd = (turn.costUsd ?? 0) + cost_usd;
}

const added = (a: Usage, b: Usage): Usage => ({
  input_tokens: a.input_tokens + b.input_tokens,
  output_tokens: a.output_tokens + b.output_tokens,
  cache_read_tokens: a.cache_read_tokens + (b.cache_read_tokens ?? 0),
  cache_write_tokens: a.cache_write_tokens + (b.cache_write_tokens ?? 0),
  thinking_tokens: a.thinking_tokens + (b.thinking_tokens ?? 0),
});

/** The limit that the turn has reached, in words. */
export function limitReached(turn: Turn): string | undefined {
  const { settings, usage } = turn;
  if (usage.input_tokens + usage.output_tokens >= settings.max_tokens) return `${settings.max_tokens} tokens`;
  if ((turn.costUsd ?? 0) >= settings.max_usd) return `${settings.max_usd} US dollars`;
  if (Date.now() - turn.begunAt - turn.uncountedMs >= settings.max_seconds * 1000)
    return `${settings.max_seconds} seconds`;
  return undefined;
}
