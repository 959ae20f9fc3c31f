import type { Host, LiveEvent, LlmDelta, LlmDeltaPlace, SessionLive } from "#contract";

const SESSIONS_MAX = 1000;
const TEXT_MAX_CHARS = 1_048_576;
const TOOLS_MAX = 64;

interface Speech {
  readonly turn: string;
  readonly completion: number;
  /** It stands in the log, or nobody writes it any more. */
  over: boolean;
  text: string;
  thinking: string;
  readonly tools: Map<number, { id?: string; name: string; args: string; progress?: string }>;
}

/** What is being said just now, for one who looks in the middle of an answer. Kept in memory, bounded, gone when it was said. */
export interface Live {
  get(agent: string, session: string): SessionLive | null;
  /** The last answer that is over; 0 where none is known. */
  spoken(agent: string, session: string): number;
  /** It stands in the log now, or nobody says it any more. */
  clear(agent: string, session: string): void;
  stop(): void;
}

export function createLive(host: Pick<Host, "onLive">): Live {
  const speeches = new Map<string, Speech>();
  const keyOf = (agent: string, session: string) => `${agent} ${session}`;

  const speechOf = ({ agent, session, trace: turn }: LiveEvent, completion?: number): Speech => {
    const key = keyOf(agent, session);
    const known = speeches.get(key);
    if (known?.turn === turn && !known.over && (completion ?? known.completion) === known.completion)
      return known;
    const last = known?.completion ?? 0;
    const begun = {
      turn,
      completion: completion ?? last,
      over: false,
      text: "",
      thinking: "",
      tools: new Map(),
    };
    speeches.delete(key);
    if (speeches.size >= SESSIONS_MAX) speeches.delete(speeches.keys().next().value as string);
    speeches.set(key, begun);
    return begun;
  };

  const heard = (event: LiveEvent): void => {
    if (event.kind === "llm.delta") {
      const delta = event.data as unknown as LlmDelta & LlmDeltaPlace;
      hear(speechOf(event, delta.completion), delta);
    } else if (event.kind === "tool.progress") {
      const { tool, call, text } = event.data;
      if (typeof tool !== "string" || typeof text !== "string") return;
      const { tools } = speechOf(event);
      const known = [...tools.values()].findLast(({ id, name }) =>
        call === undefined ? name === tool : id === call,
      );
      if (known) known.progress = text.slice(0, 4096);
      else if (tools.size < TOOLS_MAX)
        tools.set(-1 - tools.size, { name: tool, args: "", progress: text.slice(0, 4096) });
    }
  };
  const stop = host.onLive(heard);

  return {
    get(agent, session) {
      const speech = speeches.get(keyOf(agent, session));
      if (!speech || speech.over) return null;
      const { turn, completion, text, thinking, tools } = speech;
      return { turn, completion, text, thinking, tools: [...tools.values()] };
    },
    spoken(agent, session) {
      const speech = speeches.get(keyOf(agent, session));
      return speech?.over ? speech.completion : (speech?.completion ?? 1) - 1;
    },
    clear(agent, session) {
      const key = keyOf(agent, session);
      const speech = speeches.get(key);
      if (speech) speeches.set(key, { ...speech, over: true, text: "", thinking: "", tools: new Map() });
    },
    stop,
  };
}

function hear(speech: Speech, delta: LlmDelta): void {
  switch (delta.type) {
    case "text":
      if (speech.text.length < TEXT_MAX_CHARS) speech.text += delta.text;
      return;
    case "thinking":
      if (speech.thinking.length < TEXT_MAX_CHARS) speech.thinking += delta.text;
      return;
    case "tool_call": {
      const known = speech.tools.get(delta.index);
      if (!known && speech.tools.size >= TOOLS_MAX) return;
      const call = known ?? { name: "", args: "" };
      if (delta.id) call.id = delta.id;
      if (delta.name) call.name = delta.name;
      if (call.args.length < TEXT_MAX_CHARS) call.args += delta.args ?? "";
      speech.tools.set(delta.index, call);
    }
  }
}
