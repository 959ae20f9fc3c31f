import { estimateTokens, fenceUntrusted, type LlmMessage, type SessionEntry } from "#contract";
import type { Texts } from "./attachments.ts";
import { cutToTokens } from "./cut.ts";
import type { Material, Used } from "./material.ts";
import { condensed, fromOutside, groupTurns, messagesOf, type PastTurn, textIn, tokensOf } from "./turns.ts";

/** Where not all fits, the history begins at a multiple of so many entries, so that its beginning seldom moves. */
const ALIGNED = 16;
const CONDENSED_MIN_TOKENS = 60;
/** History above this part of its room is to be told by a summary, down to the other. */
const COMPACT_ABOVE = 0.8;
const COMPACT_DOWN_TO = 0.4;
const COMPACT_ROOM_MIN = 800;

export interface History {
  /** To be joined to the first message that follows. */
  readonly summary: string;
  readonly messages: readonly LlmMessage[];
  readonly used: readonly Used[];
  readonly tokens: number;
  readonly tainted: boolean;
  readonly compact: { readonly after: number; readonly upto: number } | null;
}

interface Shown {
  readonly past: PastTurn;
  readonly messages: readonly LlmMessage[];
  readonly tokens: number;
}

/** What came before this turn, the newest first into the room, in whole turns, in front of them the summary of older ones. */
export function historyPart(
  history: readonly SessionEntry[],
  summary: Material["summary"],
  room: number,
  texts: Texts,
): History {
  const covers = summary?.covers ?? 0;
  const told = summary ? summaryPart(summary, Math.floor(room / 2)) : { text: "", tokens: 0 };
  const turns = groupTurns(history.filter(({ n }) => n > covers)).flatMap((past): Shown[] => {
    const messages = messagesOf(past.entries, texts);
    return messages.length === 0 ? [] : [{ past, messages, tokens: tokensOf(messages) }];
  });

  let left = room - told.tokens;
  const kept: Shown[] = [];
  for (const shown of turns.toReversed()) {
    if (shown.tokens <= left) {
      kept.unshift(shown);
      left -= shown.tokens;
      continue;
    }
    if (left >= CONDENSED_MIN_TOKENS && kept.length === 0) {
      const messages = condensed(shown.messages, left);
      if (messages.length > 0) kept.unshift({ ...shown, messages, tokens: tokensOf(messages) });
    }
    break;
  }
  const steady = kept.length < turns.length ? aligned(kept) : kept;
  const used = steady.map(({ past, tokens }) => ({
    origin: "history",
    id: past.first === past.last ? String(past.first) : `${past.first}-${past.last}`,
    tokens,
  }));
  const shownSummary: Used[] =
    summary && told.text !== "" ? [{ origin: "summary", id: String(summary.n), tokens: told.tokens }] : [];
  return {
    summary: told.text,
    messages: steady.flatMap(({ messages }) => messages),
    used: [...shownSummary, ...used],
    tokens: told.tokens + used.reduce((sum, { tokens }) => sum + tokens, 0),
    tainted:
      (told.text !== "" && summary?.tainted === true) ||
      steady.some(({ past }) => past.entries.some(fromOutside)),
    compact: toCompact(turns, covers, room - told.tokens),
  };
}

function summaryPart({ message, tainted }: SessionEntry, room: number): { text: string; tokens: number } {
  const heading = "[What was said before, as you summed it up yourself:]";
  const around = estimateTokens(heading) + (tainted ? 50 : 10);
  const cut = cutToTokens(textIn(message.content), room - around);
  if (cut === "") return { text: "", tokens: 0 };
  const text = `${heading}\n${tainted ? fenceUntrusted(cut, "summary") : cut}`;
  return { text, tokens: estimateTokens(text) + 8 };
}

/** The beginning moves in leaps: to the first turn that begins in another stretch of the log, unless that leaves less than half. */
function aligned(kept: readonly Shown[]): readonly Shown[] {
  const stretch = (index: number) => Math.floor((kept[index]?.past.first ?? 0) / ALIGNED);
  const at = kept.findIndex((_, index) => index > 0 && stretch(index) !== stretch(index - 1));
  if (at <= 0) return kept;
  const sum = (shown: readonly Shown[]) => shown.reduce((total, { tokens }) => total + tokens, 0);
  const rest = kept.slice(at);
  return sum(rest) * 2 >= sum(kept) ? rest : kept;
}

function toCompact(turns: readonly Shown[], covers: number, room: number): History["compact"] {
  const all = turns.reduce((sum, { tokens }) => sum + tokens, 0);
  if (room < COMPACT_ROOM_MIN || all <= room * COMPACT_ABOVE) return null;
  let stays = 0;
  let from = turns.length;
  while (from > 0 && stays + (turns[from - 1]?.tokens ?? 0) <= room * COMPACT_DOWN_TO) {
    from--;
    stays += turns[from]?.tokens ?? 0;
  }
  const last = turns[from - 1]?.past.last;
  return last === undefined ? null : { after: covers, upto: last };
}
