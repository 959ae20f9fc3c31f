import { estimateTokens, fenceUntrusted, type LlmMessage, type LlmPart, type SessionEntry } from "#contract";
import { cutToTokens } from "./cut.ts";
import type { Material } from "./material.ts";
import { messagesOf, textIn, tokensOf } from "./turns.ts";

/** Around a cut text: the marks of what is untrusted and the note of what is missing. */
const FRAME_TOKENS = 60;
const LEFT_OUT = "[Earlier steps of this turn were left out, since there is no room for them.]";
const RESULT_MIN_TOKENS = 60;

export interface Current {
  /** The user's words of this turn, to which what was recalled is joined. */
  readonly asked: LlmMessage;
  /** What happened since: calls, results, what the user added. */
  readonly steps: readonly LlmMessage[];
  readonly tokens: number;
}

/**
 * The turn that runs: whole where it fits; otherwise the user's message cut to half of the room, and of the steps the newest
 * ones, whole or with their results cut.
 */
export function currentPart(
  message: Material["message"],
  entries: readonly SessionEntry[],
  room: number,
): Current {
  const opened = entries[0]?.message.role === "user" ? entries[0] : undefined;
  const later = messagesOf(opened ? entries.slice(1) : entries);
  const whole: LlmMessage = opened
    ? opening(opened.message, message)
    : { role: "user", content: said(message) };
  const all = tokensOf([whole, ...later]);
  if (all <= room) return { asked: whole, steps: later, tokens: all };

  const steps = stepsOf(later);
  const wholeTokens = tokensOf([whole]);
  const half = steps.length === 0 ? room : Math.max(Math.floor(room / 2), room - tokensOf(later));
  const asked = wholeTokens <= half ? whole : cutMessage(message, textIn(whole.content), half);
  let left = room - tokensOf([asked]);
  const kept: LlmMessage[][] = [];
  for (const step of steps.toReversed()) {
    const fitting = tokensOf(step) <= left ? step : cutResults(step, left);
    if (!fitting) break;
    left -= tokensOf(fitting);
    kept.unshift(fitting);
    if (fitting !== step) break;
  }
  const noted = kept.length < steps.length ? withNote(asked, left) : asked;
  const result = [noted, ...kept.flat()];
  return { asked: noted, steps: kept.flat(), tokens: tokensOf(result) };
}

/** The message as the model is shown it: with what came along, and fenced where it comes from outside the owner. */
function said({ text, tainted, from, user, attachments }: Material["message"]): string {
  const files = attachments.map(({ name, type, size }) => `[attached: ${name} (${type}, ${size} bytes)]`);
  const whole = [text, ...files].join("\n");
  return tainted ? fenceUntrusted(whole, user === undefined ? from : `${from} ${user}`) : whole;
}

/** A log may hold more than text, such as images; the words are shown as {@link said} shows them. */
function opening(logged: LlmMessage, message: Material["message"]): LlmMessage {
  if (typeof logged.content === "string") return { role: "user", content: said(message) };
  const others = logged.content.filter((part) => part.type === "image" || part.type === "file");
  return others.length === 0
    ? { role: "user", content: said(message) }
    : { role: "user", content: [{ type: "text", text: said(message) }, ...others] };
}

function cutMessage(message: Material["message"], text: string, room: number): LlmMessage {
  const bare = message.tainted ? message.text : text;
  const cut = cutToTokens(bare, room - 10 - (message.tainted ? FRAME_TOKENS : 0));
  return {
    role: "user",
    content: message.tainted ? fenceUntrusted(cut, message.from.slice(0, 20)) : cut,
  };
}

/** A step begins with what the model or the user said and ends with the results. */
function stepsOf(messages: readonly LlmMessage[]): LlmMessage[][] {
  const steps: LlmMessage[][] = [];
  for (const message of messages) {
    if (message.role === "tool") steps.at(-1)?.push(message);
    else steps.push([message]);
  }
  return steps;
}

/** A step with its results cut so that it fits; nothing where its calls alone do not. */
function cutResults(step: readonly LlmMessage[], room: number): LlmMessage[] | undefined {
  const emptied = step.map((message) => mapResults(message, () => ""));
  const results = step.flatMap(({ content }) =>
    typeof content === "string" ? [] : content.filter(({ type }) => type === "tool_result"),
  ).length;
  if (results === 0) return undefined;
  const each = Math.floor((room - tokensOf(emptied)) / results) - FRAME_TOKENS;
  if (each < RESULT_MIN_TOKENS) return undefined;
  const cut = step.map((message) =>
    mapResults(message, (text, from) => {
      if (estimateTokens(text) <= each) return text;
      const short = cutToTokens(text, each);
      return text.startsWith("<untrusted ") ? fenceUntrusted(short, from) : short;
    }),
  );
  return tokensOf(cut) <= room ? cut : undefined;
}

function mapResults(message: LlmMessage, change: (text: string, from: string) => string): LlmMessage {
  if (typeof message.content === "string") return message;
  return {
    ...message,
    content: message.content.map(
      (part): LlmPart =>
        part.type !== "tool_result"
          ? part
          : {
              ...part,
              content: [
                {
                  type: "text",
                  text: change(
                    part.content.map((inner) => (inner.type === "text" ? inner.text : "[image]")).join("\n"),
                    (part.name ?? "tool").slice(0, 20),
                  ),
                },
              ],
            },
    ),
  };
}

function withNote(message: LlmMessage, room: number): LlmMessage {
  if (estimateTokens(LEFT_OUT) + 12 > room) return message;
  const parts: readonly LlmPart[] =
    typeof message.content === "string" ? [{ type: "text", text: message.content }] : message.content;
  return typeof message.content === "string"
    ? { ...message, content: `${message.content}\n\n${LEFT_OUT}` }
    : { ...message, content: [...parts, { type: "text", text: LEFT_OUT }] };
}
