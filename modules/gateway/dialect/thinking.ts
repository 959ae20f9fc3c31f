import type { LlmRequest } from "#contract";

const BUDGETS = { low: 2048, medium: 8192, high: 24_576 } as const;
/** The least that Anthropic takes. */
const LEAST = 1024;

/** Tokens a model may think; 0: none asked for. */
export function thinkingTokens(thinking: LlmRequest["thinking"]): number {
  if (thinking === undefined || thinking === "off") return 0;
  if (typeof thinking === "string") return BUDGETS[thinking];
  return thinking.budget_tokens === 0 ? 0 : Math.max(LEAST, thinking.budget_tokens);
}

/** The nearest word for an effort. */
export function thinkingEffort(thinking: LlmRequest["thinking"]): "low" | "medium" | "high" | undefined {
  const tokens = thinkingTokens(thinking);
  if (tokens === 0) return undefined;
  if (tokens <= BUDGETS.low) return "low";
  return tokens <= BUDGETS.medium ? "medium" : "high";
}
