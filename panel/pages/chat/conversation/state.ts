import type {
  CapabilityOutput,
  JsonObject,
  LlmDelta,
  LlmDeltaPlace,
  SessionEntry,
  SessionInfo,
  SessionLive,
  SessionTurn,
} from "#contract";

export type Shown = CapabilityOutput<"session.show">;
export type Delta = LlmDelta & LlmDeltaPlace;

/** A call of a tool in the turn that runs, as events tell it: nothing of it stands in the log yet. */
export interface RunningCall {
  readonly tool: string;
  /** Its row in the journal, once it has ended. */
  readonly seq?: number;
  readonly ok?: boolean;
  readonly ms?: number;
}

/** A conversation as it is known here: what the log has of it, and what is being said just now. */
export interface Conversation {
  readonly state: "loading" | "ready" | "missing";
  readonly info: SessionInfo | undefined;
  /** Oldest first, without gaps, up to the newest. */
  readonly entries: readonly SessionEntry[];
  /** There are older ones. */
  readonly more: boolean;
  readonly turns: readonly SessionTurn[];
  readonly live: SessionLive | null;
  /** The last answer that is over; see `session.show`. */
  readonly spoken: number;
  /** By the model's id of the call. */
  readonly calls: Readonly<Record<string, RunningCall>>;
  /** Something was missed: the end is to be read anew. */
  readonly behind: boolean;
}

export const EMPTY: Conversation = {
  state: "loading",
  info: undefined,
  entries: [],
  more: false,
  turns: [],
  live: null,
  spoken: 0,
  calls: {},
  behind: false,
};

export type Word =
  /** The newest page: all that was known before is forgotten. */
  | { readonly type: "newest"; readonly shown: Shown }
  | { readonly type: "older"; readonly shown: Shown }
  /** All entries after one. */
  | { readonly type: "after"; readonly after: number; readonly shown: Shown }
  | { readonly type: "missing" }
  | { readonly type: "delta"; readonly turn: string; readonly delta: Delta }
  | { readonly type: "progress"; readonly turn: string; readonly data: JsonObject }
  | { readonly type: "called"; readonly call: string; readonly tool: string }
  | {
      readonly type: "replied";
      readonly call: string;
      readonly tool: string;
      readonly seq: number;
      readonly ok: boolean;
      readonly ms: number;
    }
  /** The connection was away: what was heard of an answer may have holes. */
  | { readonly type: "gap" };

const CALLS_MAX = 256;

/** What is known after a word of the server; the same in whatever order its answers and its events come. */
export function heard(before: Conversation, word: Word): Conversation {
  switch (word.type) {
    case "newest":
      return { ...before, ...spokenOf(before, word.shown), ...pageOf(word.shown) };
    case "older": {
      const first = before.entries[0]?.n ?? Number.POSITIVE_INFINITY;
      const older = word.shown.entries.filter(({ n }) => n < first);
      return {
        ...before,
        entries: [...older, ...before.entries],
        more: word.shown.more,
        turns: joinTurns([word.shown.turns, before.turns]),
      };
    }
    case "after":
      return afterwards(before, word.after, word.shown);
    case "missing":
      return { ...EMPTY, state: "missing" };
    case "delta":
      return hearDelta(before, word.turn, word.delta);
    case "progress":
      return hearProgress(before, word.data);
    case "called":
      if (before.calls[word.call] || Object.keys(before.calls).length >= CALLS_MAX) return before;
      return { ...before, calls: { ...before.calls, [word.call]: { tool: word.tool } } };
    case "replied": {
      const { type: _, call, ...ended } = word;
      return { ...before, calls: { ...before.calls, [call]: ended } };
    }
    case "gap":
      return { ...before, live: null, behind: true };
  }
}

/** From where on to read so that every turn that has not ended, and all that is new, is read. */
export function readFrom({ entries, turns }: Conversation): number {
  const open = new Set(turns.flatMap(({ turn, state }) => (isOpen(state) ? [turn] : [])));
  const first = entries.find(({ turn }) => turn !== null && open.has(turn));
  return first ? first.n - 1 : (entries.at(-1)?.n ?? 0);
}

export const isOpen = (state: SessionTurn["state"]): boolean => state === "waiting" || state === "running";

const pageOf = ({ entries, more, turns, info }: Shown) => ({
  state: "ready" as const,
  entries,
  more,
  turns,
  info,
  behind: false,
});

function afterwards(before: Conversation, after: number, shown: Shown): Conversation {
  const known = before.entries.filter(({ n }) => n <= after);
  // Beyond what is known there would be a hole; the rest is read in a moment.
  const entries = [...known, ...shown.entries];
  const logged = new Set(entries.flatMap(({ turn }) => (turn === null ? [] : [turn])));
  const told = new Set(shown.turns.map(({ turn }) => turn));
  const kept = before.turns.filter(({ turn, state }) => told.has(turn) || !isOpen(state) || logged.has(turn));
  return {
    ...before,
    ...spokenOf(before, shown),
    state: "ready",
    info: shown.info,
    entries,
    turns: joinTurns([kept, shown.turns]),
    behind: shown.more,
  };
}

/** Each turn once, in the order they began; what was told last is true. */
function joinTurns(lists: readonly (readonly SessionTurn[])[]): readonly SessionTurn[] {
  const all = new Map(lists.flat().map((one) => [one.turn, one]));
  return [...all.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function spokenOf(before: Conversation, shown: Shown): Pick<Conversation, "live" | "spoken" | "calls"> {
  const spoken = Math.max(before.spoken, shown.spoken);
  const live = joinLive(before.live, shown.live, spoken);
  return { live, spoken, calls: live?.completion === before.live?.completion ? before.calls : {} };
}

/** What was heard here and what the server has heard, of the same answer: whoever knows more of it is right. */
function joinLive(ours: SessionLive | null, theirs: SessionLive | null, spoken: number): SessionLive | null {
  const kept = ours !== null && ours.completion > spoken ? ours : null;
  if (theirs === null || (kept !== null && kept.completion > theirs.completion)) return kept;
  if (kept === null || kept.completion < theirs.completion) return theirs;
  const longer = (a: string, b: string) => (a.length >= b.length ? a : b);
  const more = kept.tools.length >= theirs.tools.length ? kept.tools : theirs.tools;
  const fewer = more === kept.tools ? theirs.tools : kept.tools;
  return {
    ...theirs,
    text: longer(kept.text, theirs.text),
    thinking: longer(kept.thinking, theirs.thinking),
    tools: more.map((tool, at) => ({
      ...fewer[at],
      ...tool,
      args: longer(tool.args, fewer[at]?.args ?? ""),
    })),
  };
}

const begun = (turn: string, completion: number): SessionLive => ({
  turn,
  completion,
  text: "",
  thinking: "",
  tools: [],
});

function hearDelta(before: Conversation, turn: string, delta: Delta): Conversation {
  const { live, spoken } = before;
  const { completion } = delta;
  if (completion <= spoken || (live !== null && completion < live.completion)) return before;
  const current = live?.completion === completion ? live : begun(turn, completion);
  const said = withDelta(current, delta);
  if (said === undefined) return { ...before, behind: true };
  // Models name their calls anew in every answer.
  return { ...before, live: said, calls: current === live ? before.calls : {} };
}

/** The answer with one piece more; `undefined` where pieces before it are missing. */
function withDelta(live: SessionLive, delta: Delta): SessionLive | undefined {
  if (delta.type !== "tool_call") {
    const text = joined(live[delta.type], delta.text, delta.offset);
    return text === undefined ? undefined : { ...live, [delta.type]: text };
  }
  const { index, id, name, args = "", offset } = delta;
  if (index > live.tools.length) return undefined;
  const known = live.tools[index];
  const all = joined(known?.args ?? "", args, offset);
  if (all === undefined) return undefined;
  const tool = { name: name ?? known?.name ?? "", args: all, ...(id ? { id } : {}) };
  return { ...live, tools: put(live.tools, index, { ...known, ...tool }) };
}

const put = <T>(list: readonly T[], at: number, value: T): T[] => [
  ...list.slice(0, at),
  value,
  ...list.slice(at + 1),
];

/** A piece put where it belongs; what is there already stays. */
function joined(before: string, piece: string, offset: number): string | undefined {
  if (offset > before.length) return undefined;
  const known = before.length - offset;
  return known >= piece.length ? before : before + piece.slice(known);
}

function hearProgress(before: Conversation, { tool, call, text }: JsonObject): Conversation {
  const { live } = before;
  if (live === null || typeof text !== "string") return before;
  const at = live.tools.findLastIndex(({ id, name }) => (call === undefined ? name === tool : id === call));
  const known = live.tools[at];
  if (!known) return before;
  return { ...before, live: { ...live, tools: put(live.tools, at, { ...known, progress: text }) } };
}
