import { estimateTokens, fenceUntrusted, type Hit, type Lesson } from "#contract";
import { cutToTokens } from "./cut.ts";
import type { Material, Used } from "./material.ts";

const MEMORY_MAX_TOKENS = 400;
const LESSON_MAX_TOKENS = 200;
/** A text so long that stands in the conversation is the memory, not a word in common. */
const SAME_CHARS = 20;
const HEADING =
  "[Recalled for this message by the system; the user did not say this. Use what helps, ignore the rest.]";

export interface Recalled {
  /** Empty where nothing was recalled. */
  readonly text: string;
  readonly used: readonly Used[];
  readonly tokens: number;
  readonly tainted: boolean;
}

/**
 * What changes from turn to turn: the time, what does not work, the lessons that fit, the memories that fit, each with why it
 * is there; in this order into its share, whole or not at all but for long memories, which are cut. Of memories that the
 * conversation shows anyway nothing is said.
 */
export function recallPart(
  {
    memories,
    lessons,
    degraded,
    message,
    session,
  }: Pick<Material, "memories" | "lessons" | "degraded" | "message" | "session">,
  shown: string,
  share: number,
): Recalled {
  const used: Used[] = [];
  const lines: string[] = [];
  let left = share - estimateTokens(HEADING) - 8;
  let tainted = false;
  const take = (origin: string, id: string, line: string, why?: readonly string[]): boolean => {
    const tokens = estimateTokens(line) + 2;
    if (tokens > left) return false;
    left -= tokens;
    used.push({ origin, id, tokens, ...(why === undefined ? {} : { why: [...why] }) });
    lines.push(line);
    return true;
  };
  if (message.at !== undefined) take("time", message.at, `Now: ${message.at}`);
  for (const [index, line] of degraded.entries()) take("degraded", String(index), `Not working now: ${line}`);
  for (const lesson of lessons) {
    const why = lesson.score === undefined ? [] : [`fits ${Math.round(lesson.score * 100)} %`];
    if (take("lesson", lesson.id, lessonLine(lesson), why)) tainted ||= lesson.tainted;
  }
  for (const hit of memories) {
    const same = hit.session === session || hit.content.length >= SAME_CHARS;
    if (hit.content === message.text || (same && shown.includes(hit.content))) continue;
    if (take("memory", hit.id, memoryLine(hit), hit.why)) tainted ||= hit.tainted;
  }
  if (lines.length === 0) return { text: "", used: [], tokens: 0, tainted: false };
  const text = [HEADING, ...lines].join("\n");
  return {
    text,
    used: [...used, { origin: "frame", id: "recall", tokens: estimateTokens(HEADING) + 8 }],
    tokens: share - left,
    tainted,
  };
}

function lessonLine({ id, situation, mistake, better, tainted }: Lesson): string {
  const whole = `When: ${situation} Mistake: ${mistake} Better: ${better}`.replace(/\s+/gu, " ");
  const text = cutToTokens(whole, LESSON_MAX_TOKENS);
  return tainted ? `Lesson ${id}:\n${fenceUntrusted(text, "lesson")}` : `Lesson ${id}: ${text}`;
}

function memoryLine({ id, content, at, why, source, tainted }: Hit): string {
  const text = cutToTokens(content, MEMORY_MAX_TOKENS);
  const origin = source === null ? "" : `, from ${source.slice(0, 200)}`;
  const because = why.length === 0 ? "" : `, found by ${why.slice(0, 3).join(", ").slice(0, 200)}`;
  const label = `Memory ${id} (${at.slice(0, 10)}${origin}${because}):`.replace(/\s+/gu, " ");
  return tainted ? `${label}\n${fenceUntrusted(text, "memory")}` : `${label} ${text}`;
}
