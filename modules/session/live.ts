import type { Host, JsonValue, LiveEvent, LlmDelta } from "#contract";

const SESSIONS_MAX = 1000;
const TEXT_MAX_CHARS = 1_048_576;
const TOOLS_MAX = 64;

interface Speech {
  readonly trace: string;
  text: string;
  thinking: string;
  readonly tools: Map<string, { name: string; args: string; progress?: string }>;
}

/** What is being said just now, for one who looks in the middle of an answer. Kept in memory, bounded, gone when it was said. */
export interface Live {
  get(
    agent: string,
    session: string,
  ): { readonly text: string; readonly thinking: string; readonly tools: JsonValue[] } | null;
  /** It stands in the log now, or nobody says it any more. */
  clear(agent: string, session: string): void;
  stop(): void;
}

export function createLive(host: Pick<Host, "onLive">): Live {
  const speeches = new Map<string, Speech>();
  const keyOf = (agent: string, session: string) => `${agent} ${session}`;

  const speechOf = ({ agent, session, trace }: LiveEvent): Speech => {
    const key = keyOf(agent, session);
    const known = speeches.get(key);
    if (known?.trace === trace) return known;
    const begun: Speech = { trace, text: "", thinking: "", tools: new Map() };
    speeches.delete(key);
    if (speeches.size >= SESSIONS_MAX) speeches.delete(speeches.keys().next().value as string);
    speeches.set(key, begun);
    return begun;
  };

  const heard = (event: LiveEvent): void => {
    if (event.kind === "llm.delta") hear(speechOf(event), event.data as unknown as LlmDelta);
    else if (event.kind === "tool.progress") {
      const { tool, text } = event.data;
      const tools = speechOf(event).tools;
      if (typeof tool !== "string" || typeof text !== "string" || tools.size >= TOOLS_MAX) return;
      const known = [...tools.values()].findLast(({ name }) => name === tool);
      if (known) known.progress = text.slice(0, 4096);
      else tools.set(tool, { name: tool, args: "", progress: text.slice(0, 4096) });
    }
  };
  const stop = host.onLive(heard);

  return {
    get(agent, session) {
      const speech = speeches.get(keyOf(agent, session));
      if (!speech) return null;
      return { text: speech.text, thinking: speech.thinking, tools: [...speech.tools.values()] };
    },
    clear: (agent, session) => void speeches.delete(keyOf(agent, session)),
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
      const key = String(delta.index);
      const call = speech.tools.get(key) ?? { name: "", args: "" };
      if (!speech.tools.has(key) && speech.tools.size >= TOOLS_MAX) return;
      if (delta.name) call.name = delta.name;
      if (call.args.length < TEXT_MAX_CHARS) call.args += delta.args ?? "";
      speech.tools.set(key, call);
    }
  }
}
