import type { Event, JsonObject, JsonValue } from "#contract";
import { agentInfo, type ScriptedServer, serve } from "./server.ts";

interface Said {
  readonly text: string;
  readonly session: string;
  readonly trace: string;
  readonly id: string;
}

/** A scripted server that an agent talks on: what it says and does is up to the test. */
export interface Talk {
  readonly server: ScriptedServer;
  /** Messages that were accepted, each once. */
  readonly said: readonly Said[];
  /** The n-th message, when it has come. */
  message(n: number): Promise<Said>;
  delta(said: Said, data: JsonObject): void;
  event(said: Said, kind: string, actor: string, subject: string, data?: JsonObject): void;
  /** Ends a turn as the server does: the journal first, then those who wait. */
  answer(said: Said, reply: JsonValue, error?: JsonObject): void;
  calls(cap: string): unknown[];
  close(): Promise<void>;
  /** Another process on the same home, which knows what was accepted. */
  restart(): Promise<void>;
}

type Args = Readonly<Record<string, string | boolean>>;

export async function talk(
  home: string,
  script: Readonly<Record<string, (args: never) => unknown>> = {},
): Promise<Talk> {
  const messages = new Map<string, Said & { mail?: JsonObject }>();
  const waiting = new Map<string, ((mail: JsonObject) => void)[]>();
  const list = () => [...messages.values()];
  const send = ({ text, session, key, wait }: Args) => {
    const n = messages.size + 1;
    const known = messages.get(String(key));
    const one = known ?? { id: `m${n}`, trace: `trace${n}`, text: String(text), session: String(session) };
    if (!known) {
      messages.set(String(key), one);
      event(one, "message.received", "owner:owner", "field", { session: one.session });
    }
    const { id, trace } = one;
    if (wait !== true) return { id, session, trace };
    if (one.mail) return { id, session, trace, mail: one.mail };
    return new Promise((resolve) => {
      const all = waiting.get(id) ?? [];
      waiting.set(id, [...all, (mail) => resolve({ id, session, trace, mail })]);
    });
  };
  const whole = {
    "message.send": send as never,
    "agent.show": () => agentInfo({ id: "field" }),
    "journal.query": () => ({ events: [], last_seq: 0 }),
    ...script,
  };
  const journal: Event[] = [];
  let server = await serve(home, whole, { journal });
  const event: Talk["event"] = ({ trace }, kind, actor, subject, data = {}) =>
    server.append(kind, { trace, actor, subject, data: { agent: "field", ...data } });
  return {
    get server() {
      return server;
    },
    get said() {
      return list();
    },
    async message(n) {
      for (;;) {
        const one = list()[n - 1];
        if (one) return one;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    delta: ({ session, trace }, data) =>
      server.live({ kind: "llm.delta", agent: "field", session, trace, data }),
    event,
    answer({ id, session, trace }, reply, error) {
      const state = error ? "failed" : "done";
      const one = list().find((each) => each.id === id);
      const mail = {
        id,
        to: "field",
        function: "handle_message",
        session,
        source: { kind: "owner", id: "owner" },
        trace,
        payload: {},
        state,
        attempts: 1,
        tainted: false,
        attended: true,
        at: "2026-11-20T08:00:00.000Z",
        finished_at: "2026-11-20T08:00:01.000Z",
        ...(error ? { error } : { reply }),
      };
      if (one) one.mail = mail;
      server.append(error ? "message.failed" : "message.answered", {
        trace,
        actor: "field",
        subject: id,
        data: { session },
      });
      for (const tell of waiting.get(id) ?? []) tell(mail);
      waiting.delete(id);
    },
    calls: (cap) => server.calls.filter((one) => one.cap === cap).map((one) => one.args),
    close: () => server.close(),
    async restart() {
      const port = Number(new URL(server.url).port);
      await server.close();
      waiting.clear();
      server = await serve(home, whole, { port, journal });
    },
  };
}
