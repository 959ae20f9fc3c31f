import type { NewLesson } from "../mind.ts";
import { type Attempt, aside, type Turn } from "./state.ts";

/** Failures that another call would have avoided; what lies with the network or the time teaches nothing. */
const TEACHING: ReadonlySet<string> = new Set([
  "invalid_input",
  "not_found",
  "conflict",
  "denied",
  "too_large",
]);
const LESSONS_MAX = 3;
const PART_MAX_CHARS = 600;

/**
 * What the turn teaches: a tool that failed and then worked when it was called differently. Calls made after the turn had read
 * what comes from outside the owner teach nothing: their arguments may be somebody else's.
 */
export function lessonsOf(attempts: readonly Attempt[], said: string): NewLesson[] {
  const lessons: NewLesson[] = [];
  const seen = new Set<string>();
  attempts.forEach((failed, index) => {
    if (failed.ok || failed.tainted || !TEACHING.has(failed.code ?? "") || seen.has(failed.tool)) return;
    const better = attempts
      .slice(index + 1)
      .find(
        (later) => later.ok && !later.tainted && later.tool === failed.tool && later.args !== failed.args,
      );
    if (!better || lessons.length >= LESSONS_MAX) return;
    seen.add(failed.tool);
    lessons.push({
      situation: `${cut(said, 300)} (with the tool ${failed.tool})`,
      mistake: `${failed.tool} with ${cut(failed.args, PART_MAX_CHARS)}: ${cut(failed.message ?? "", PART_MAX_CHARS)}`,
      better: `${failed.tool} with ${cut(better.args, PART_MAX_CHARS)}`,
      ...(failed.code === undefined ? {} : { code: failed.code }),
    });
  });
  return lessons;
}

/** Learns what the turn teaches, and says of each lesson it was given whether it helped: whether no call failed by a mistake. */
export async function learn(turn: Turn): Promise<void> {
  const { host, message, attempts, prepared } = turn;
  const lessons = lessonsOf(attempts, message.text);
  if (prepared.correction !== null) lessons.push(prepared.correction);
  const helped = !attempts.some(({ ok, code }) => !ok && TEACHING.has(code ?? ""));
  const given = [...new Set(prepared.used.filter(({ origin }) => origin === "lesson").map(({ id }) => id))];
  await Promise.all([
    ...lessons.map((lesson) => aside(turn, "learning a lesson", () => host.mind.lesson.add(lesson))),
    ...given.map((id) => aside(turn, "feedback to a lesson", () => host.mind.lesson.feedback(id, helped))),
  ]);
}

const cut = (text: string, chars: number): string =>
  text.length <= chars ? text : `${text.slice(0, chars)}…`;
