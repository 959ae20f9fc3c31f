import { estimateTokens, fenceUntrusted, type LlmMessage, type LlmPart, type SessionEntry } from "#contract";
import { attachedNotes, attachedParts, type Texts } from "./attachments.ts";
import { cutToTokens } from "./cut.ts";
import type { Material } from "./material.ts";
import { messagesOf, textIn, tokensOf } from "./turns.ts";

/** Of the room, at most this part is for what opens the turn with what came along. */
const ATTACHED_SHARE = 0.7;
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
  texts: Texts,
): Current {
  const opened = entries[0]?.message.role === "user" ? entries[0] : undefined;
  const later = messagesOf(opened ? entries.slice(1) : entries, texts);
  const whole = opening(opened?.message, message, texts, Math.floor(room * ATTACHED_SHARE));
  const all = tokensOf([whole, ...later]);
  if (all <= room) return { asked: whole, steps: later, tokens: all };

  const steps = stepsOf(later);
  const wholeTokens = tokensOf([whole]);
  const half = steps.length === 0 ? room : Math.max(Math.floor(room / 2), room - tokensOf(later));
  const asked = wholeTokens <= half ? whole : shortened(message, texts, half);
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
  const whole = [text, ...attachedNotes(attachments)].join("\n");
  return tainted ? fenceUntrusted(whole, user === undefined ? from : `${from} ${user}`) : whole;
}

/**
 * What opens the turn: its words as {@link said} shows them, and what came along into a room. A log may hold more than text, such
 * as images.
 */
function opening(
  logged: LlmMessage | undefined,
  message: Material["message"],
  texts: Texts,
  room: number,
): LlmMessage {
  const text = said(message);
  const others =
    logged === undefined || typeof logged.content === "string"
      ? []
      : logged.content.filter((part) => part.type === "image" || part.type === "file");
  const plain: LlmMessage = { role: "user", content: text };
  const left = room - tokensOf([{ role: "user", content: [{ type: "text", text }, ...others] }]);
  const attached = attachedParts(message.attachments, texts, left);
  if (others.length + attached.length === 0) return plain;
  return { role: "user", content: [{ type: "text", text }, ...others, ...attached] };
}

/** Within a narrow room less of what came along is shown; where not even the words fit, they are cut. */
function shortened(message: Material["message"], texts: Texts, room: number): LlmMessage {
  const less = opening(undefined, message, texts, room);
  return tokensOf([less]) <= room ? less : cutMessage(message, textIn(less.content), room);
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
