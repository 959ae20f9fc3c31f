import { createHash } from "node:crypto";
import { fenceUntrusted, type JsonValue, type LlmReply, type Row } from "#contract";
import type { Insight } from "./dream.ts";

const MEMORIES_MOST = 60;
const MEMORY_MOST_CHARS = 400;
const INSIGHT_MOST_CHARS = 500;
const INSIGHTS_MOST = 5;
const OUTPUT_TOKENS = 400;

/** Asks a model once what the memories say together; a failure is no insight. */
export async function insightsByModel(
  rows: readonly Row[],
  call: (cap: string, args: JsonValue) => Promise<JsonValue>,
): Promise<Insight[]> {
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
    })) as unknown as LlmReply;
  } catch {
    return [];
  }
  const { content } = reply.message;
  const text =
    typeof content === "string"
      ? content
      : content.map((part) => (part.type === "text" ? part.text : "")).join("");
  return text
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
}
