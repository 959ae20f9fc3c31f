import type { Event } from "#contract";
import { call, problemOf } from "../../../client/index.ts";
import { type Heard, onEvents, onGap } from "../../../live/index.ts";
import { type Conversation, type Delta, EMPTY, heard, readFrom, type Word } from "./state.ts";

const PAGE = 80;
const OLDER_PAGE = 200;
const OLDER_PAGE_MOST = 1000;
/** So many entries are read before one that is asked for. */
const BEFORE_REACHED = 20;
const HIDDEN_TELL_MS = 200;
const KEPT = 12;
const TRY_AGAIN_MS = 1500;

/** A conversation that is looked at: it follows the server for as long as somebody does. */
export interface ConversationStore {
  get(): Conversation;
  /** What went wrong with reading it, until it works again. */
  problem(): unknown;
  subscribe(listener: () => void): () => void;
  /** Reads the page before the oldest entry. */
  older(): Promise<void>;
  /** Reads back to an entry. */
  reach(n: number): Promise<void>;
  /** Reads it anew. */
  reload(): void;
}

/** Conversations looked at before, newest last: shown at once when somebody comes back, until they are read anew. */
const known = new Map<string, Conversation>();

/** @param awaited  its first message is on its way: there is nothing to read until the server has it */
export function createConversation(agent: string, session: string, awaited: boolean): ConversationStore {
  const key = `${agent} ${session}`;
  let state = known.get(key) ?? EMPTY;
  let problem: unknown;
  let reading = false;
  let readAgain: "after" | "newest" | undefined;
  let readingOlder = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stops: (() => void)[] = [];
  let telling = false;
  const listeners = new Set<() => void>();

  const tellNow = () => {
    telling = false;
    for (const listener of listeners) listener();
  };
  /** At most once a frame, however fast the words come. */
  const tell = () => {
    if (telling) return;
    telling = true;
    if (document.hidden) setTimeout(tellNow, HIDDEN_TELL_MS);
    else requestAnimationFrame(tellNow);
  };
  const hear = (word: Word) => {
    const next = heard(state, word);
    if (next === state) return;
    state = next;
    known.delete(key);
    known.set(key, state);
    if (known.size > KEPT) known.delete(known.keys().next().value as string);
    tell();
    if (state.behind) void read("after");
  };

  /** One reading at a time; what happens meanwhile is read after it. */
  const read = async (what: "after" | "newest"): Promise<void> => {
    if (reading) {
      readAgain = readAgain === "newest" ? readAgain : what;
      return;
    }
    reading = true;
    readAgain = undefined;
    try {
      await (what === "newest" || state.state !== "ready" ? readNewest() : readAfter());
      problem = undefined;
    } catch (thrown) {
      const { code } = problemOf(thrown);
      if (code === "not_found") hear({ type: "missing" });
      else {
        problem = thrown;
        readAgain = undefined;
        clearTimeout(retry);
        if (code === "offline" && listeners.size > 0) retry = setTimeout(() => void read(what), TRY_AGAIN_MS);
        tell();
      }
    } finally {
      reading = false;
    }
    if (readAgain && listeners.size > 0) void read(readAgain);
  };
  const readNewest = async () => {
    const shown = await call("session.show", { agent, session, newest: true, limit: PAGE });
    hear({ type: "newest", shown });
    await readCalls();
  };
  const readAfter = async () => {
    const after = readFrom(state);
    const rewound = state.info?.superseded;
    const shown = await call("session.show", { agent, session, after, limit: 1000 });
    if (shown.info.superseded !== rewound) return await readNewest();
    hear({ type: "after", after, shown });
  };
  /** Of a turn that runs tools just now, those that have ended are known to the journal alone. */
  const readCalls = async () => {
    const { live } = state;
    if (!live || live.tools.length === 0) return;
    const { events } = await call("journal.query", { trace: live.turn, limit: 1000, newest: true });
    const answered = events.findLastIndex(({ kind }) => kind === "llm.replied");
    for (const event of events.slice(answered + 1)) hearCall(event);
  };
  const hearCall = ({ kind, subject, data, seq }: Event) => {
    if (typeof data.call !== "string" || subject === null) return;
    if (kind === "tool.called") hear({ type: "called", call: data.call, tool: subject });
    else if (kind === "tool.replied")
      hear({
        type: "replied",
        call: data.call,
        tool: subject,
        seq,
        ok: data.ok !== false,
        ms: typeof data.ms === "number" ? data.ms : 0,
      });
  };

  const hearEvent = (event: Heard) => {
    if (event.kind === "live.lost") return hear({ type: "gap" });
    if (!("seq" in event)) {
      if (!("session" in event) || event.session !== session || event.agent !== agent) return;
      if (event.kind === "llm.delta")
        hear({ type: "delta", turn: event.trace, delta: event.data as unknown as Delta });
      else if (event.kind === "tool.progress")
        hear({ type: "progress", turn: event.trace, data: event.data });
      return;
    }
    const { kind, subject, actor, data } = event;
    if (kind.startsWith("tool.")) {
      if (data.agent === agent && data.session === session) hearCall(event);
    } else if (kind.startsWith("session.") || kind.startsWith("turn.")) {
      if (subject !== session || (data.agent !== agent && data.of !== agent)) return;
      if (kind === "session.deleted") hear({ type: "missing" });
      else void read(kind === "session.rewound" ? "newest" : "after");
    } else if (
      kind.startsWith("message.") &&
      data.session === session &&
      (subject === agent || actor === agent)
    )
      void read("after");
  };

  const begin = () => {
    stops = [
      onEvents(hearEvent),
      onGap(() => {
        hear({ type: "gap" });
        void read("after");
      }),
    ];
    if (!awaited) void read("newest");
  };
  const end = () => {
    for (const stop of stops) stop();
    clearTimeout(retry);
    // What is said while nobody looks is not heard.
    state = { ...state, live: null };
    known.set(key, state);
  };

  const readOlder = async (limit: number): Promise<void> => {
    const before = state.entries[0]?.n;
    if (readingOlder || !state.more || before === undefined) return;
    readingOlder = true;
    try {
      const shown = await call("session.show", { agent, session, before, newest: true, limit });
      if (state.entries[0]?.n === before) hear({ type: "older", shown });
    } catch (thrown) {
      problem = thrown;
      tell();
    } finally {
      readingOlder = false;
    }
  };

  return {
    get: () => state,
    problem: () => problem,
    subscribe(listener) {
      if (listeners.size === 0) begin();
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) end();
      };
    },
    older: () => readOlder(OLDER_PAGE),
    async reach(n) {
      for (;;) {
        const first = state.entries[0]?.n ?? 0;
        if (first <= n) return;
        await readOlder(Math.min(OLDER_PAGE_MOST, Math.max(OLDER_PAGE, first - n + BEFORE_REACHED)));
        if (state.entries[0]?.n === first) return;
      }
    },
    reload: () => void read("newest"),
  };
}
