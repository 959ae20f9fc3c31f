import { hash, randomUUID } from "node:crypto";
import {
  FieldworkError,
  type JsonObject,
  type LlmDelta,
  type LlmMessage,
  type LlmPart,
  type LlmUsage,
} from "#contract";

/** Characters of one answer, all parts together. */
const ANSWER_MAX_CHARS = 4 * 1024 * 1024;
const TOOL_CALLS_MAX = 256;
const NAME_MAX_CHARS = 256;

export type Finish = "stop" | "length" | "tool_calls" | "content_filter" | "stopped";

/** An answer while it grows: decoders put pieces in, deltas come out, and at the end it is the whole of them. */
export interface Answer {
  text(text: string, more?: PartMore): void;
  thinking(text: string, more?: PartMore & { readonly signature?: string | undefined }): void;
  /** A piece of the call in a slot; a slot is whatever the dialect numbers its calls by. */
  toolCall(slot: number, piece: ToolCallPiece): void;
  usage(usage: Partial<LlmUsage>): void;
  finish(finish: Finish): void;
  /** What the dialect has beyond, of the message and of the reply. */
  messageExtra(extra: JsonObject): void;
  replyExtra(extra: JsonObject): void;
  /** Has anything of it been said? */
  begun(): boolean;
  chars(): number;
  done(): AnswerDone;
}
export interface PartMore {
  /** Begins a new part even where the last one is of the same type. */
  readonly fresh?: boolean;
  readonly extra?: JsonObject;
}
export interface ToolCallPiece {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly args?: string | undefined;
  readonly extra?: JsonObject | undefined;
}
export interface AnswerDone {
  readonly message: LlmMessage;
  /** `undefined`: the stream did not say. */
  readonly finish: Finish | undefined;
  readonly usage: Partial<LlmUsage>;
  readonly extra: JsonObject | undefined;
}

type Growing = { -readonly [K in keyof LlmPart]: LlmPart[K] } & {
  text?: string;
  args?: string;
  id?: string;
  name?: string;
  signature?: string;
  extra?: JsonObject;
};

export interface AnswerOptions {
  readonly onDelta: (delta: LlmDelta) => void;
  /** The caller's name of a tool, from the one the model was given. */
  readonly toolName: (name: string) => string;
}

export function createAnswer({ onDelta, toolName }: AnswerOptions): Answer {
  const parts: Growing[] = [];
  const calls = new Map<number, { readonly part: Growing; readonly index: number }>();
  let callCount = 0;
  let chars = 0;
  let finish: Finish | undefined;
  let usage: Partial<LlmUsage> = {};
  let messageExtra: JsonObject | undefined;
  let replyExtra: JsonObject | undefined;

  const count = (text: string) => {
    chars += text.length;
    if (chars > ANSWER_MAX_CHARS)
      throw new FieldworkError(
        "too_large",
        `The model's answer is longer than ${ANSWER_MAX_CHARS} characters.`,
        {
          remedy: "Set `max_tokens`, or ask for less at once.",
        },
      );
  };
  const grow = (type: "text" | "thinking", text: string, { fresh = false, extra }: PartMore): Growing => {
    count(text);
    const last = parts.at(-1);
    const part = last?.type === type && !fresh ? last : ({ type, text: "" } as Growing);
    if (part !== last) parts.push(part);
    part.text += text;
    if (extra) part.extra = mergeExtra(part.extra, extra);
    if (text !== "") onDelta({ type, text });
    return part;
  };
  const callAt = (slot: number, { id, name }: ToolCallPiece) => {
    const known = calls.get(slot);
    // Some servers give every call the number 0; another id then means another call.
    const another =
      known !== undefined && id && name && known.part.id !== "" && known.part.id !== boundedId(id);
    if (known && !another) return known;
    if (callCount >= TOOL_CALLS_MAX)
      throw new FieldworkError("too_large", `The model asks for more than ${TOOL_CALLS_MAX} tools at once.`);
    const made = { part: { type: "tool_call", id: "", name: "", args: "" } as Growing, index: callCount++ };
    calls.set(slot, made);
    parts.push(made.part);
    return made;
  };

  return {
    text(text, more = {}) {
      if (text !== "" || more.fresh || more.extra) grow("text", text, more);
    },
    thinking(text, more = {}) {
      const part = grow("thinking", text, more);
      if (more.signature !== undefined) part.signature = (part.signature ?? "") + more.signature;
    },
    toolCall(slot, piece) {
      const { part, index } = callAt(slot, piece);
      const id = part.id === "" && piece.id ? boundedId(piece.id) : undefined;
      const name = part.name === "" && piece.name ? toolName(piece.name).slice(0, NAME_MAX_CHARS) : undefined;
      if (piece.extra) part.extra = mergeExtra(part.extra, piece.extra);
      const args = piece.args ?? "";
      count(args);
      if (id !== undefined) part.id = id;
      if (name !== undefined) part.name = name;
      part.args += args;
      if (id === undefined && name === undefined && args === "") return;
      onDelta({
        type: "tool_call",
        index,
        ...(id === undefined ? {} : { id }),
        ...(name === undefined ? {} : { name }),
        ...(args === "" ? {} : { args }),
      });
    },
    usage(more) {
      usage = { ...usage, ...more };
    },
    finish(reason) {
      finish = reason;
    },
    messageExtra(extra) {
      messageExtra = mergeExtra(messageExtra, extra);
    },
    replyExtra(extra) {
      replyExtra = mergeExtra(replyExtra, extra);
    },
    begun: () => chars > 0 || callCount > 0,
    chars: () => chars,
    done() {
      for (const part of parts) if (part.type === "tool_call" && part.id === "") part.id = newCallId();
      const whole = parts.filter(({ type, text, extra, signature }) =>
        type === "text" || type === "thinking" ? text !== "" || extra || signature : true,
      );
      const [first] = whole;
      const plain = whole.length === 1 && first?.type === "text" && !first.extra;
      const content = whole.length === 0 ? "" : plain ? (first.text ?? "") : (whole as LlmPart[]);
      return {
        message: { role: "assistant", content, ...(messageExtra ? { extra: messageExtra } : {}) },
        finish: finish === "stop" && callCount > 0 ? "tool_calls" : finish,
        usage,
        extra: replyExtra,
      };
    },
  };
}

/** Results are matched by the id of their call, so it must be unique in a conversation. */
export const newCallId = (): string => `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`;
const boundedId = (id: string): string =>
  id.length <= NAME_MAX_CHARS ? id : `call_${hash("sha256", id).slice(0, 32)}`;

/** Objects are merged, arrays appended (streams bring them in pieces), anything else is replaced. */
function mergeExtra(old: JsonObject | undefined, more: JsonObject): JsonObject {
  const merged: Record<string, JsonObject[string]> = { ...old };
  for (const [key, value] of Object.entries(more)) {
    const before = merged[key];
    if (Array.isArray(before) && Array.isArray(value)) merged[key] = [...before, ...value];
    else if (isObject(before) && isObject(value)) merged[key] = mergeExtra(before, value);
    else merged[key] = value;
  }
  return merged;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
