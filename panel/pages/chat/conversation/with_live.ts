import type { SessionTurn } from "#contract";
import type { Outgoing } from "../outbox/index.ts";
import type { Item, Part, ReplyItem, ToolCall, UserItem } from "./items.ts";
import { toolNameOf } from "./message.ts";
import { type Conversation, isOpen, type RunningCall } from "./state.ts";

/** What is said just now, what waits for its turn and what is on its way, after what stands in the log. */
export function withLive(
  items: readonly Item[],
  { live, turns, calls, entries }: Conversation,
  outgoing: readonly Outgoing[],
): readonly Item[] {
  const begunTurns = new Set(entries.flatMap(({ turn }) => (turn === null ? [] : [turn])));
  // Where nothing runs yet, the first that waits is as good as begun.
  const running =
    turns.find(({ state }) => state === "running") ?? turns.find(({ state }) => state === "waiting");
  const all: Item[] = [...items];
  const waiting: UserItem[] = [];
  for (const turn of turns) {
    if (!isOpen(turn.state) || begunTurns.has(turn.turn)) continue;
    const item = waitingItem(turn);
    if (turn === running) all.push(item);
    else waiting.push({ ...item, waits: true });
  }
  const trace = running?.turn ?? live?.turn;
  if (trace !== undefined && (running || live))
    all.splice(0, all.length, ...speaking(all, trace, running, live, calls));
  all.push(...waiting);
  const shown = new Set([...begunTurns, ...turns.map(({ turn }) => turn)]);
  const isQuiet = trace === undefined;
  for (const one of outgoing) {
    if (one.trace !== undefined && shown.has(one.trace) && one.state === "accepted") continue;
    all.push({
      kind: "user",
      key: one.trace === undefined ? `out-${one.key}` : `user-${one.trace}`,
      text: one.text,
      at: one.at,
      attachments: one.attachments,
      outgoing: one,
      waits: !isQuiet,
    });
    if (isQuiet && one.state === "accepted" && one.trace !== undefined)
      all.push(...speaking([], one.trace, undefined, null, {}));
  }
  return all;
}

/** A turn that has not written anything yet. */
const waitingItem = ({ turn, text = "", at, attachments = [] }: SessionTurn): UserItem => ({
  kind: "user",
  key: `user-${turn}`,
  text,
  at,
  attachments,
  turn,
});

function speaking(
  items: readonly Item[],
  trace: string,
  turn: SessionTurn | undefined,
  live: Conversation["live"],
  calls: Conversation["calls"],
): readonly Item[] {
  const parts: Part[] = live && live.turn === trace ? liveParts(live, calls) : [];
  const last = items.at(-1);
  const isOpenReply = last?.kind === "reply" && last.trace === trace;
  const before = isOpenReply ? items.slice(0, -1) : items;
  const ordinal = before.filter((one) => one.kind === "reply" && one.trace === trace).length + 1;
  const others = before.map((one) =>
    one.kind === "reply" && one.trace === trace ? { ...one, ends: false } : one,
  );
  const reply: ReplyItem = {
    kind: "reply",
    key: `reply-${trace}-${ordinal}`,
    trace,
    turn,
    at: isOpenReply ? last.at : (turn?.at ?? new Date().toISOString()),
    n: isOpenReply ? last.n : undefined,
    parts: [...(isOpenReply ? last.parts : []), ...parts],
    completions: isOpenReply ? last.completions : [],
    working: true,
    ends: true,
  };
  return [...others, reply];
}

function liveParts(
  { thinking, text, tools }: NonNullable<Conversation["live"]>,
  calls: Conversation["calls"],
): Part[] {
  const parts: Part[] = [];
  const quiet = text === "" && tools.length === 0;
  if (thinking.trim() !== "") parts.push({ kind: "thinking", text: thinking, growing: quiet });
  if (text.trim() !== "") parts.push({ kind: "text", text, growing: tools.length === 0 });
  const begunCalls = Object.keys(calls).length > 0;
  tools.forEach(({ id = "", name, args, progress }, at) => {
    const call = calls[id];
    parts.push({
      kind: "tool",
      call: {
        id: id || `live-${at}`,
        tool: toolNameOf(name),
        args,
        state: stateOf(call, begunCalls, at === tools.length - 1),
        ...(progress === undefined ? {} : { progress }),
        ...(call?.ms === undefined ? {} : { ms: call.ms }),
        ...(call?.seq === undefined ? {} : { seq: call.seq }),
      },
    });
  });
  return parts;
}

function stateOf(call: RunningCall | undefined, someBegun: boolean, isLast: boolean): ToolCall["state"] {
  if (!call) return isLast && !someBegun ? "written" : "waiting";
  if (call.ok === undefined) return "running";
  return call.ok ? "done" : "failed";
}
