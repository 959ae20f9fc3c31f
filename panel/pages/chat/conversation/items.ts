import type {
  Attachment,
  LlmMessage,
  LlmPart,
  SessionEntry,
  SessionTurn,
  TurnCompletion,
  TurnReceipt,
} from "#contract";
import type { Outgoing } from "../outbox/index.ts";
import { type Conversation, isOpen, type RunningCall } from "./state.ts";

/** A call of a tool, as much as is known of it. */
export interface ToolCall {
  readonly id: string;
  /** The tool's own name, such as `fs.read`. */
  readonly tool: string;
  readonly args: string;
  /** `written`: the model is still writing its arguments; `waiting`: it has not begun. */
  readonly state: "written" | "waiting" | "running" | "done" | "failed";
  readonly result?: string;
  readonly images?: readonly string[];
  readonly progress?: string;
  readonly ms?: number;
  /** Its row in the journal. */
  readonly seq?: number;
  readonly tainted?: boolean;
}

export type Part =
  | { readonly kind: "text"; readonly text: string; readonly growing: boolean }
  | { readonly kind: "thinking"; readonly text: string; readonly growing: boolean }
  | { readonly kind: "image"; readonly source: string }
  | { readonly kind: "tool"; readonly call: ToolCall };

export interface UserItem {
  readonly kind: "user";
  readonly key: string;
  readonly text: string;
  readonly at: string;
  readonly attachments: readonly Attachment[];
  /** Its entry in the log, once it stands there. */
  readonly n?: number;
  readonly turn?: string;
  /** Who said it, where it was not the owner. */
  readonly from?: string;
  readonly outgoing?: Outgoing;
  /** Another turn comes first. */
  readonly waits?: boolean;
}

export interface ReplyItem {
  readonly kind: "reply";
  readonly key: string;
  readonly turn: SessionTurn | undefined;
  readonly trace: string | null;
  readonly parts: readonly Part[];
  readonly at: string;
  /** The last entry of it that stands in the log. */
  readonly n: number | undefined;
  /** The turn goes on. */
  readonly working: boolean;
  /** Nothing of the turn comes after it. */
  readonly ends: boolean;
  readonly completions: readonly TurnCompletion[];
}

export type Item =
  | UserItem
  | ReplyItem
  | { readonly kind: "summary"; readonly key: string; readonly text: string }
  | { readonly kind: "day"; readonly key: string; readonly at: string };

const DATA_MAX_CHARS = 2_000_000;

/** A function's name as the model knows it, as the tool's own: the contract's way back. */
export const toolNameOf = (name: string): string =>
  name.includes(".") ? name : name.replace(/__|_/g, (mark) => (mark === "__" ? "_" : "."));

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

export const partsOf = ({ content }: LlmMessage): readonly LlmPart[] =>
  typeof content === "string" ? [{ type: "text", text: content }] : content;

/** The words of a message. */
export const textOf = (message: LlmMessage): string =>
  partsOf(message)
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n");

/** An image's address: only of what this server keeps, or of what it carries itself; never one of another host. */
function imageOf({
  media_type = "",
  data,
  url,
}: {
  readonly media_type?: string | undefined;
  readonly data?: string | undefined;
  readonly url?: string | undefined;
}): string | undefined {
  const blob = /^blob:([0-9a-f]{64})$/.exec(url ?? "")?.[1];
  if (blob) return `/api/blobs/${blob}`;
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(media_type);
  return isPicture && data && data.length <= DATA_MAX_CHARS ? `data:${media_type};base64,${data}` : undefined;
}
