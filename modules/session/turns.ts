import { randomUUID } from "node:crypto";
import {
  type Attachment,
  type Database,
  type Event,
  FieldworkError,
  type Host,
  type LlmMessage,
  type Source,
} from "#contract";
import { keepExchange } from "./exchange.ts";
import type { Live } from "./live.ts";
import { append, type Opened } from "./log.ts";
import type { Questions } from "./questions.ts";
import { newCompletions } from "./receipts.ts";
import { titleOf } from "./title.ts";

const ADDITIONS_MAX = 100;
/** Keys of what was added, of all conversations of an agent: as long as somebody may still ask again whether it arrived. */
const KEYS_KEPT = 1000;
/** This run of the system: what an earlier one gave to a turn, and the turn did not keep, is given again. */
const RUN = randomUUID();

/** As the inbox's index of what is open says it, so that it is used. */
const OPEN = "state IN ('waiting', 'running')";

/** The message of a conversation that is being handled, as the kernel's inbox in the same file knows it. */
export interface Running {
  readonly id: string;
  readonly trace: string;
}

export function runningTurn(state: Database, session: string): Running | undefined {
  const row = state
    .sql(
      `SELECT id, trace FROM inbox WHERE ${OPEN} AND session = ? AND state = 'running' ORDER BY rowid LIMIT 1`,
    )
    .get(session);
  return row && { id: String(row.id), trace: String(row.trace) };
}

/** How the message came that a turn handles, as it was stamped when it was accepted. */
export function openedBy(state: Database, session: string, trace: string): Opened | undefined {
  const row = state
    .sql(
      `SELECT source, json_extract(payload, '$.user') AS user, json_extract(payload, '$.attachments') AS attachments
       FROM inbox WHERE ${OPEN} AND session = ? AND state = 'running' AND trace = ? LIMIT 1`,
    )
    .get(session, trace);
  if (!row) return undefined;
  return {
    source: JSON.parse(String(row.source)) as Source,
    ...(typeof row.user === "string" ? { user: row.user } : {}),
    ...(typeof row.attachments === "string"
      ? { attachments: JSON.parse(row.attachments) as Attachment[] }
      : {}),
  };
}

/** Does a message of the conversation wait for its turn? */
export function isWaiting(state: Database, session: string): boolean {
  return (
    state
      .sql(`SELECT 1 FROM inbox WHERE ${OPEN} AND session = ? AND state = 'waiting' LIMIT 1`)
      .get(session) !== undefined
  );
}

/** The first message of a conversation that is accepted and not handled yet. */
export function firstWaiting(
  state: Database,
  session: string,
): { readonly title: string; readonly at: string } | undefined {
  const row = state
    .sql(
      `SELECT at, json_extract(payload, '$.text') AS text FROM inbox WHERE ${OPEN} AND session = ? ORDER BY rowid LIMIT 1`,
    )
    .get(session);
  const content = typeof row?.text === "string" ? row.text : "";
  return row && { title: titleOf({ role: "user", content }), at: String(row.at) };
}

/** The owner's hand on a running turn: stop it, say something more; and what is left to do when it has ended. */
export interface Turns {
  stop(agent: string, session: string): Promise<boolean>;
  /** @param key  the same one is added once */
  add(agent: string, session: string, text: string, key?: string): Promise<boolean>;
  /** What was added and not yet given; and whether this turn is to stop. */
  pending(state: Database, session: string, trace: string): { messages: string[]; stop: boolean };
  /** Is this what the owner said while the turn ran? */
  isAdded(state: Database, session: string, text: string): boolean;
  /** Entries of the user were added: what they say needs not be given again. */
  taken(state: Database, session: string, texts: readonly string[]): void;
  end(): void;
}

export function createTurns(host: Host, live: Live, questions: Questions): Turns {
  const graces = new Set<NodeJS.Timeout>();
  const delivering = new Set<string>();

  const finished = async (event: Event): Promise<void> => {
    const agent = event.actor;
    const { session } = event.data;
    if (typeof session !== "string") return;
    const state = host.stateOf(agent);
    const ok = event.kind === "message.answered";
    keepExchange(host, state, agent, event);
    if (!state.sql("SELECT 1 FROM session_session WHERE id = ?").get(session)) return;
    if (!ok) keepWhatWasSaid(state, agent, session, event.trace);
    if (runningTurn(state, session)?.trace !== event.trace) live.clear(agent, session);
    state.sql("UPDATE session_session SET stop = NULL WHERE id = ? AND stop = ?").run(session, event.trace);
    const started = state
      .sql("SELECT 1 FROM session_entry WHERE session = ? AND turn = ? LIMIT 1")
      .get(session, event.trace);
    if (started) {
      host.append({
        kind: "turn.finished",
        subject: session,
        data: { agent, session, ok, message: event.subject },
        trace: event.trace,
        span: event.span,
      });
    }
    keepWhatWasGiven(state, session, event.trace);
    await deliverLeftOver(state, agent, session);
  };

  /** The words of a turn that was cut off stay. */
  const keepWhatWasSaid = (state: Database, agent: string, session: string, trace: string): void => {
    const said = live.get(agent, session)?.text ?? "";
    if (said.trim() === "") return;
    const message: LlmMessage = { role: "assistant", content: said };
    append(state, {
      ...written(session, trace),
      completions: newCompletions(host, state, session, trace),
      messages: [message],
      key: "cut-off",
      tainted: () => true,
    });
  };

  /** What a turn was given and did not write down is written down here. */
  const keepWhatWasGiven = (state: Database, session: string, trace: string): void => {
    const rows = state
      .sql("SELECT id, text FROM session_addition WHERE session = ? AND given IS NOT NULL ORDER BY id")
      .all(session);
    for (const row of rows) {
      const message: LlmMessage = { role: "user", content: String(row.text) };
      const { id } = row;
      state.transaction(() => {
        append(state, {
          ...written(session, trace),
          messages: [message],
          tainted: () => false,
          key: `given-${id}`,
        });
        state.sql("DELETE FROM session_addition WHERE id = ?").run(Number(id));
      });
    }
  };

  /** What came too late for the turn that has ended is a message of its own. */
  const deliverLeftOver = async (state: Database, agent: string, session: string): Promise<void> => {
    const key = `${agent} ${session}`;
    if (delivering.has(key) || runningTurn(state, session)) return;
    delivering.add(key);
    try {
      const rows = state
        .sql("SELECT id, text FROM session_addition WHERE session = ? AND given IS NULL ORDER BY id")
        .all(session);
      if (rows.length === 0) return;
      const text = rows.map((row) => String(row.text)).join("\n\n");
      await host.call("message.send", { to: agent, session, text, source: { kind: "owner", id: "owner" } });
      for (const row of rows) state.sql("DELETE FROM session_addition WHERE id = ?").run(Number(row.id));
    } finally {
      delivering.delete(key);
    }
  };

  const written = (session: string, trace: string) => ({
    session,
    turn: trace,
    at: new Date(host.now()).toISOString(),
    usage: undefined,
    covers: undefined,
    receipts: [],
    completions: [],
  });

  const handle = (event: Event): void => {
    finished(event).catch((error: Error) =>
      host.log.error(`the end of a turn of ${event.actor} was not followed up: ${error.message}`),
    );
  };
  const stops = [host.onEvent("message.answered", handle), host.onEvent("message.failed", handle)];

  return {
    async stop(agent, session) {
      const state = host.stateOf(agent);
      const running = runningTurn(state, session);
      if (!running) return false;
      // The turn may not have written anything yet.
      const at = new Date(host.now()).toISOString();
      state
        .sql(
          "INSERT INTO session_session VALUES (?, '', ?, ?, 0, 0, 0, 0, ?, 0) ON CONFLICT (id) DO UPDATE SET stop = excluded.stop",
        )
        .run(session, at, at, running.trace);
      await state.durable();
      questions.close(agent, session);
      await host.call("llm.stop", { agent, stream_to: session }).catch((error: FieldworkError) => {
        if (error.code !== "unavailable") throw error;
      });
      const grace = setTimeout(
        () => {
          graces.delete(grace);
          if (runningTurn(host.stateOf(agent), session)?.trace !== running.trace) return;
          host
            .call("message.cancel", { to: agent, session })
            .catch((error: Error) => host.log.error(`a turn of ${agent} does not stop: ${error.message}`));
        },
        Number(host.setting("session.stop_grace_ms")),
      );
      graces.add(grace.unref());
      return true;
    },
    async add(agent, session, text, key) {
      const state = host.stateOf(agent);
      const known =
        key !== undefined &&
        state.sql("SELECT 1 FROM session_added WHERE session = ? AND key = ?").get(session, key);
      if (known) return true;
      if (!runningTurn(state, session)) return false;
      const { n } = state
        .sql("SELECT count(*) AS n FROM session_addition WHERE session = ?")
        .get(session) as {
        n: number;
      };
      if (n >= ADDITIONS_MAX)
        throw new FieldworkError("rate_limited", `${n} additions wait already in this conversation.`);
      state.transaction(() => {
        state
          .sql("INSERT INTO session_addition (session, text, at, given) VALUES (?, ?, ?, NULL)")
          .run(session, text, new Date(host.now()).toISOString());
        if (key === undefined) return;
        state.sql("INSERT INTO session_added (session, key) VALUES (?, ?)").run(session, key);
        state
          .sql("DELETE FROM session_added WHERE id <= (SELECT max(id) FROM session_added) - ?")
          .run(KEYS_KEPT);
      });
      await state.durable();
      // The turn may have ended meanwhile; then it is a message of its own.
      await deliverLeftOver(state, agent, session);
      return true;
    },
    pending(state, session, trace) {
      const stop = state.sql("SELECT 1 FROM session_session WHERE id = ? AND stop = ?").get(session, trace);
      const rows = state
        .sql(
          "SELECT id, text FROM session_addition WHERE session = ? AND (given IS NULL OR given <> ?) ORDER BY id",
        )
        .all(session, RUN);
      for (const row of rows)
        state.sql("UPDATE session_addition SET given = ? WHERE id = ?").run(RUN, Number(row.id));
      return { messages: rows.map((row) => String(row.text)), stop: stop !== undefined };
    },
    isAdded: (state, session, text) =>
      state
        .sql("SELECT 1 FROM session_addition WHERE session = ? AND text = ? AND given IS NOT NULL LIMIT 1")
        .get(session, text) !== undefined,
    taken(state, session, texts) {
      for (const text of texts) {
        state
          .sql(
            "DELETE FROM session_addition WHERE id = (SELECT min(id) FROM session_addition WHERE session = ? AND text = ?)",
          )
          .run(session, text);
      }
    },
    end() {
      for (const stop of stops) stop();
      for (const grace of graces) clearTimeout(grace);
    },
  };
}
