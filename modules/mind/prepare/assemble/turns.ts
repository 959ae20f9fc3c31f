import {
  estimateMessageTokens,
  fenceUntrusted,
  type LlmMessage,
  type LlmPart,
  type SessionEntry,
} from "#contract";
import { isAttached, type Texts, withAttachments } from "./attachments.ts";
import { cutToTokens } from "./cut.ts";

/** Entries that belong together: what a user said and all that followed until the next time. */
export interface PastTurn {
  readonly first: number;
  readonly last: number;
  readonly turn: string | null;
  readonly entries: readonly SessionEntry[];
}

/** Summaries are left out: only the one that covers most is shown, in its own place. */
export function groupTurns(entries: readonly SessionEntry[]): PastTurn[] {
  const groups: SessionEntry[][] = [];
  for (const entry of entries) {
    if (entry.kind === "summary") continue;
    const group = groups.at(-1);
    const previous = group?.at(-1);
    const begins =
      !previous ||
      (entry.turn !== null && previous.turn !== null
        ? entry.turn !== previous.turn
        : entry.message.role === "user" && previous.message.role !== "user");
    if (begins) groups.push([entry]);
    else group?.push(entry);
  }
  return groups.map((group) => ({
    first: group[0]?.n ?? 0,
    last: group.at(-1)?.n ?? 0,
    turn: group[0]?.turn ?? null,
    entries: group,
  }));
}

/** So much of what came with an earlier message is shown with it again. */
const ATTACHED_MAX_TOKENS = 4000;

type ToolResult = Extract<LlmPart, { type: "tool_result" }>;

const partsOf = ({ content }: LlmMessage): readonly LlmPart[] =>
  typeof content === "string" ? (content === "" ? [] : [{ type: "text", text: content }]) : content;

/**
 * The messages of entries as a model may be given them: no result without its call, no call without its result, results right
 * after their calls, nothing empty; what came from outside is fenced.
 */
export function messagesOf(entries: readonly SessionEntry[], texts: Texts): LlmMessage[] {
  const results = new Map<string, ToolResult>();
  for (const { message, tainted } of entries)
    for (const part of partsOf(message))
      if (part.type === "tool_result") results.set(part.id, tainted ? fencedResult(part) : part);

  return entries.flatMap(({ message, tainted, attachments = [] }): LlmMessage[] => {
    if (message.role === "system" || message.role === "tool") return [];
    const parts = partsOf(message).filter(
      (part) => part.type !== "tool_result" && (part.type !== "tool_call" || results.has(part.id)),
    );
    const calls = parts.filter((part) => part.type === "tool_call");
    const says = parts.some((part) => part.type !== "thinking" && (part.type !== "text" || part.text !== ""));
    if (!says) return [];
    const answers = calls.flatMap(({ id }) => {
      const result = results.get(id);
      results.delete(id);
      return result ? [result] : [];
    });
    const said: LlmMessage = {
      ...message,
      content: calls.length > 0 || typeof message.content !== "string" ? parts : message.content,
    };
    const fenced = message.role === "user" && tainted ? fencedText(said) : said;
    const shown =
      attachments.length === 0 ? fenced : withAttachments(fenced, attachments, texts, ATTACHED_MAX_TOKENS);
    return answers.length === 0 ? [shown] : [shown, { role: "tool", content: answers }];
  });
}

function fencedResult(result: ToolResult): ToolResult {
  return {
    ...result,
    content: result.content.map((part) =>
      part.type === "text" ? { ...part, text: fenceUntrusted(part.text, result.name ?? "tool") } : part,
    ),
  };
}

function fencedText(message: LlmMessage): LlmMessage {
  if (typeof message.content === "string")
    return { ...message, content: fenceUntrusted(message.content, "user") };
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === "text" ? { ...part, text: fenceUntrusted(part.text, "user") } : part,
    ),
  };
}

/** An entry that holds what comes from outside the owner: files are somebody's, whoever attached them. */
export const fromOutside = ({ tainted, attachments = [] }: SessionEntry): boolean =>
  tainted || attachments.length > 0;

export const tokensOf = (messages: readonly LlmMessage[]): number =>
  messages.reduce((sum, message) => sum + estimateMessageTokens(message), 0);

/** Only what the user said and what was answered at the end, each cut to half of a room; nothing where that is too narrow. */
export function condensed(messages: readonly LlmMessage[], room: number): LlmMessage[] {
  const asked = messages.find(({ role }) => role === "user");
  const answered = messages.findLast(({ role, content }) => role === "assistant" && textIn(content) !== "");
  const both = [asked, answered].filter((one) => one !== undefined);
  const each = Math.floor(room / Math.max(1, both.length)) - 8;
  const short = both.flatMap(({ role, content }): LlmMessage[] => {
    const text = cutToTokens(textIn(content), each);
    return text === "" ? [] : [{ role, content: text }];
  });
  return short.length === both.length && tokensOf(short) <= room ? short : [];
}

/** The words of a message, without those of what was attached. */
export function textIn(content: LlmMessage["content"]): string {
  if (typeof content === "string") return content;
  return content.flatMap((part) => (part.type === "text" && !isAttached(part) ? [part.text] : [])).join("\n");
}
