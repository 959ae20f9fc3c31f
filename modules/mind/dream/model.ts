import { createHash } from "node:crypto";
import { fenceUntrusted, type JsonValue, type LlmReply, type Row } from "#contract";
import type { Insight } from "./dream.ts";

const MEMORIES_MOST = 60;
const MEMORY_MOST_CHARS = 400;
const INSIGHT_MOST_CHARS = 500;
const INSIGHTS_MOST = 5;
const OUTPUT_TOKENS = 400;

export interface ModelDream {
  call(cap: string, args: JsonValue): Promise<JsonValue>;
  /** What may be spent at most; the gateway holds back what a call could cost before it is made. */
  readonly budget_usd: number;
}

/** What a model made of memories; `problem` says why it made nothing. */
export interface ModelInsights {
  readonly insights: readonly Insight[];
  readonly cost_usd: number;
  readonly problem: string | null;
}

/** Asks a model once what the memories say together. Without a model, or where it could cost more than it may, there are none. */
export async function insightsByModel(
  rows: readonly Row[],
  { call, budget_usd }: ModelDream,
): Promise<ModelInsights> {
  const nothing = (problem: string, cost_usd = 0): ModelInsights => ({ insights: [], cost_usd, problem });
  const read = rows.slice(-MEMORIES_MOST);
  const lines = read
    .map((row) => `- ${String(row.content).replace(/\s+/g, " ").slice(0, MEMORY_MOST_CHARS)}`)
    .join("\n");
  const task = `Below are an agent's newest memories. Write up to ${INSIGHTS_MOST} insights that follow from several of them together, one a line, in the language of the memories, without numbering. Write nothing else; write NONE if there is none.`;
  let reply: LlmReply;
  try {
    reply = (await call("llm.complete", {
      messages: [
        { role: "system", content: task },
        { role: "user", content: fenceUntrusted(lines, "memories") },
      ],
      max_tokens: OUTPUT_TOKENS,
      max_usd: budget_usd,
    })) as unknown as LlmReply;
  } catch (error) {
    return nothing((error as Error).message);
  }
  const cost_usd = reply.cost_usd ?? 0;
  // What is built in tells memories, it draws nothing from them.
  if (reply.provider === "builtin") return nothing("No model is connected.");
  const { content } = reply.message;
  const text =
    typeof content === "string"
      ? content
      : content.map((part) => (part.type === "text" ? part.text : "")).join("");
  const insights = text
    .split("\n")
    .map((line) => line.replace(/^[-*•\s]+/, "").trim())
    .filter((line) => line.length > 10 && !/^none\.?$/i.test(line))
    .slice(0, INSIGHTS_MOST)
    .map((line) => ({
      key: `model ${createHash("sha256").update(line).digest("hex").slice(0, 16)}.`,
      text: line.slice(0, INSIGHT_MOST_CHARS),
      from: read.map((row) => Number(row.id)),
      tainted: read.some((row) => row.tainted === 1),
    }));
  return { insights, cost_usd, problem: null };
}
