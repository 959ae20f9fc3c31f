import type { LlmMessage, LlmPart, Prepared, PreparedTool } from "#contract";
import { currentPart } from "./current.ts";
import { historyPart } from "./history.ts";
import type { Material, Used } from "./material.ts";
import { recallPart } from "./recall.ts";
import { stablePart } from "./stable.ts";
import { fromOutside, textIn } from "./turns.ts";

/** At most so much of the budget is for what stays the same, for what is recalled, and for one reading of a compaction. */
const STABLE_SHARE = 0.5;
const RECALL_SHARE = 0.2;
const RECALL_MAX_TOKENS = 3000;
const COMPACT_SHARE = 0.5;

export type Assembled = Omit<Prepared, "correction">;

/**
 * The context of a turn as a pure function of what it is made of: never over the budget (as `estimateTokens` counts), every piece
 * with its origin; the stable parts first, then the history, then, joined to the last message of the user, what was recalled.
 */
export function assemble(material: Material): Assembled {
  const { budget_tokens, history, turn, message, texts } = material;
  const stable = stablePart(material, Math.floor(budget_tokens * STABLE_SHARE));
  let left = budget_tokens - stable.tokens;

  const own = history.filter((entry) => entry.turn === turn && entry.kind === "message");
  const earlier = history.filter((entry) => entry.turn !== turn);
  const current = currentPart(message, own, left, texts);
  left -= current.tokens;

  // The room of what is recalled is kept free whether it is needed or not, so that the history begins where it began before.
  const share = Math.min(left, Math.floor(budget_tokens * RECALL_SHARE), RECALL_MAX_TOKENS);
  const past = historyPart(earlier, material.summary, left - share, texts);
  const shown = [...past.messages, ...current.steps].map(({ content }) => textIn(content)).join("\n");
  const recalled = recallPart(material, shown, share);
  const asked = joined(recalled.text, current.asked);
  const conversation = joinedToFirst(past.summary, [...past.messages, asked]);
  const messages = [...stable.messages, ...conversation, ...current.steps];
  const tools: PreparedTool[] = [...stable.tools];
  const used: Used[] = [
    ...stable.used,
    ...past.used,
    ...recalled.used,
    { origin: "turn", id: turn, tokens: current.tokens },
  ];
  return {
    messages,
    tools,
    used: used.map((one) => ({ ...one })),
    budget_tokens,
    limit_tokens: material.limit_tokens,
    tokens: used.reduce((sum, { tokens }) => sum + tokens, 0),
    tainted:
      message.tainted ||
      message.attachments.length > 0 ||
      recalled.tainted ||
      past.tainted ||
      own.some(fromOutside),
    compact: past.compact && {
      ...past.compact,
      budget_tokens: Math.floor(budget_tokens * COMPACT_SHARE),
    },
  };
}

const partsOf = ({ content }: LlmMessage): readonly LlmPart[] =>
  typeof content === "string" ? [{ type: "text", text: content }] : content;

/** Marks a part that the user did not say. */
const OURS = { fieldwork: { recalled: true } };

/** A text in front of a message of the user, as a part of the same message: some models want the roles to take turns. */
function joined(text: string, message: LlmMessage): LlmMessage {
  if (text === "") return message;
  return { ...message, content: [{ type: "text", text, extra: OURS }, ...partsOf(message)] };
}

function joinedToFirst(text: string, messages: readonly LlmMessage[]): LlmMessage[] {
  const [first, ...rest] = messages;
  if (text === "" || !first) return [...messages];
  return first.role === "user"
    ? [joined(text, first), ...rest]
    : [{ role: "user", content: text }, ...messages];
}
