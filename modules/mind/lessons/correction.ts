import type { LlmMessage, NewLesson } from "#contract";
import type { Material } from "../prepare/index.ts";
import { correctionLesson } from "./detect.ts";

/** The lesson in a message that corrects what the agent said before it; none from outside the owner. */
export function correctionOf({ message, history, turn }: Material): NewLesson | undefined {
  if (message.tainted) return undefined;
  const earlier = history.filter((entry) => entry.kind === "message" && entry.turn !== turn);
  const answer = earlier.findLastIndex(
    (entry) => entry.message.role === "assistant" && textOf(entry.message) !== "",
  );
  const answered = earlier[answer];
  if (!answered || answered.tainted) return undefined;
  const asked = earlier.slice(0, answer).findLast((entry) => entry.message.role === "user");
  return correctionLesson(
    asked && !asked.tainted ? textOf(asked.message) : undefined,
    textOf(answered.message),
    message.text,
  );
}

const textOf = ({ content }: LlmMessage): string =>
  typeof content === "string"
    ? content
    : content
        .map((part) => (part.type === "text" ? part.text : ""))
        .join("")
        .trim();
