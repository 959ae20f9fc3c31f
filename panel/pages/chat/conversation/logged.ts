import type { SessionEntry, SessionTurn, TurnCompletion, TurnReceipt } from "#contract";
import type { Item, Part, ReplyItem, UserItem } from "./items.ts";
import { imageOf, partsOf, textOf, toolNameOf } from "./message.ts";
import type { Conversation } from "./state.ts";

/** What stands in the log, as it is shown. */
export function logged({ entries, turns }: Pick<Conversation, "entries" | "turns">): readonly Item[] {
  const byTurn = new Map(turns.map((one) => [one.turn, one]));
  const items: Item[] = [];
  let day = "";
  let reply: Writing | undefined;
  const close = () => {
    if (reply) items.push(finish(reply));
    reply = undefined;
  };
  const replies = new Map<string, number>();
  for (const entry of entries) {
    const on = new Date(entry.at).toDateString();
    if (on !== day) {
      close();
      items.push({ kind: "day", key: `day-${on}`, at: entry.at });
      day = on;
    }
    if (entry.kind === "summary") {
      close();
      items.push({ kind: "summary", key: `summary-${entry.n}`, text: textOf(entry.message) });
    } else if (entry.message.role === "user") {
      close();
      items.push(userItem(entry));
    } else {
      if (reply && reply.trace !== entry.turn) close();
      if (!reply) {
        const name = entry.turn ?? `entry-${entry.n}`;
        const ordinal = (replies.get(name) ?? 0) + 1;
        replies.set(name, ordinal);
        reply = begin(`reply-${name}-${ordinal}`, entry.turn, byTurn.get(entry.turn ?? ""), entry.at);
      }
      write(reply, entry);
    }
  }
  close();
  return markEnds(withFailures(items, turns));
}

/** A turn that failed without a word is shown where its answer would be. */
function withFailures(items: readonly Item[], turns: readonly SessionTurn[]): readonly Item[] {
  const answered = new Set(items.flatMap((one) => (one.kind === "reply" ? [one.trace] : [])));
  const silent = turns.filter(({ turn, state }) => state === "failed" && !answered.has(turn));
  if (silent.length === 0) return items;
  const last = new Map(
    items.flatMap((one, at) => (one.kind === "user" && one.turn ? [[one.turn, at] as const] : [])),
  );
  const after = new Map(
    silent.flatMap((turn) => (last.has(turn.turn) ? [[last.get(turn.turn), turn] as const] : [])),
  );
  return items.flatMap((item, at) => {
    const turn = after.get(at);
    return turn ? [item, finish(begin(`reply-${turn.turn}-1`, turn.turn, turn, turn.at))] : [item];
  });
}

interface Writing {
  readonly key: string;
  readonly trace: string | null;
  readonly turn: SessionTurn | undefined;
  readonly at: string;
  readonly parts: Part[];
  readonly completions: TurnCompletion[];
  readonly calls: Map<string, number>;
  n: number | undefined;
}

const begin = (key: string, trace: string | null, turn: SessionTurn | undefined, at: string): Writing => ({
  key,
  trace,
  turn,
  at,
  parts: [],
  completions: [],
  calls: new Map(),
  n: undefined,
});

function userItem({ n, at, message, turn, attachments = [], source, user }: SessionEntry): UserItem {
  return {
    kind: "user",
    key: turn !== null && source ? `user-${turn}` : `entry-${n}`,
    text: textOf(message),
    at,
    attachments,
    n,
    ...(turn === null ? {} : { turn }),
    ...(source && source.kind !== "owner" ? { from: user ?? `${source.kind} ${source.id}` } : {}),
  };
}

function write(reply: Writing, { n, message, receipts = [], completions = [] }: SessionEntry): void {
  reply.n = n;
  reply.completions.push(...completions);
  for (const part of partsOf(message)) {
    switch (part.type) {
      case "text":
        if (part.text.trim() !== "") reply.parts.push({ kind: "text", text: part.text, growing: false });
        break;
      case "thinking":
        if (part.text.trim() !== "") reply.parts.push({ kind: "thinking", text: part.text, growing: false });
        break;
      case "image": {
        const source = imageOf(part);
        if (source) reply.parts.push({ kind: "image", source });
        break;
      }
      case "tool_call":
        reply.calls.set(part.id, reply.parts.length);
        reply.parts.push({
          kind: "tool",
          call: { id: part.id, tool: toolNameOf(part.name), args: part.args, state: "waiting" },
        });
        break;
      case "tool_result": {
        const at = reply.calls.get(part.id);
        const known = at === undefined ? undefined : reply.parts[at];
        if (at === undefined || known?.kind !== "tool") break;
        const result = part.content.flatMap((one) => (one.type === "text" ? [one.text] : [])).join("\n");
        const images = part.content.flatMap((one) => (one.type === "image" ? (imageOf(one) ?? []) : []));
        reply.parts[at] = {
          kind: "tool",
          call: { ...known.call, state: part.is_error ? "failed" : "done", result, images },
        };
      }
    }
  }
  // Models may name calls of several answers alike; these are of this one.
  for (const receipt of receipts) attest(reply, receipt);
}

function attest({ parts, calls }: Writing, { call, seq, ms, tainted }: TurnReceipt): void {
  const at = calls.get(call ?? "");
  const part = at === undefined ? undefined : parts[at];
  if (at === undefined || part?.kind !== "tool") return;
  const known = { ...part.call, seq, ...(ms === undefined ? {} : { ms }), ...(tainted ? { tainted } : {}) };
  parts[at] = { kind: "tool", call: known };
}

const finish = ({ key, trace, turn, at, n, parts, completions }: Writing): ReplyItem => ({
  kind: "reply",
  key,
  trace,
  turn,
  at,
  n,
  parts,
  completions,
  working: false,
  ends: false,
});

function markEnds(items: readonly Item[]): readonly Item[] {
  const last = new Map<string, number>();
  items.forEach((item, at) => {
    if (item.kind === "reply" && item.trace !== null) last.set(item.trace, at);
  });
  return items.map((item, at) =>
    item.kind === "reply" && (item.trace === null || last.get(item.trace) === at)
      ? { ...item, ends: true }
      : item,
  );
}
