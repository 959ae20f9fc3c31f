/** A host over real SQLite for the tests of this module: two agents, an inbox each, and a kernel that only notes what it is told. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import {
  type CallContext,
  type Database,
  type Event,
  FieldworkError,
  type Host,
  type JsonObject,
  type JsonValue,
  type LiveEvent,
  type Statement,
} from "#contract";
import session from "./index.ts";

const INBOX =
  "CREATE TABLE inbox (id TEXT PRIMARY KEY, session TEXT, trace TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, source TEXT NOT NULL, payload TEXT NOT NULL, reply TEXT, error TEXT, finished_at TEXT, function TEXT NOT NULL DEFAULT 'handle_message', tainted INTEGER NOT NULL DEFAULT 0)";

const APPROVALS =
  "CREATE TABLE approvals (id TEXT PRIMARY KEY, module TEXT NOT NULL, state TEXT NOT NULL, trace TEXT NOT NULL)";

function openDatabase(path: string, sql: readonly string[]): Database & { close(): void } {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON");
  for (const text of sql) db.exec(text);
  const cache = new Map<string, StatementSync>();
  return {
    path,
    sql: (text) => cache.getOrInsertComputed(text, (one) => db.prepare(one)) as unknown as Statement,
    transaction(body) {
      if (db.isTransaction) return body();
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = body();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
    durable: async () => {},
    close: () => db.close(),
  };
}

export async function makeSystem() {
  const folder = mkdtempSync(join(tmpdir(), "session-"));
  const own = (session.stateMigrations ?? []).map(({ sql }) => sql);
  const global = openDatabase(join(folder, "fieldwork.db"), [
    APPROVALS,
    ...(session.migrations ?? []).map(({ sql }) => sql),
  ]);
  const states = new Map(
    ["field", "other"].map((id) => [id, openDatabase(join(folder, `${id}.db`), [INBOX, ...own])]),
  );
  const events: JsonObject[] = [];
  const told: LiveEvent[] = [];
  const asked: { cap: string; args: JsonValue }[] = [];
  const journal: Event[] = [];
  const listeners = new Set<(event: LiveEvent) => void>();
  const onEvent = new Map<string, (event: Event) => void>();
  const settings: Record<string, JsonValue> = {};
  let now = Date.parse("2026-01-01T00:00:00Z");
  let spans = 0;

  const stateOf = (id: string): Database => {
    const state = states.get(id);
    if (!state) throw new FieldworkError("not_found", `There is no module ${id}.`);
    return state;
  };
  const host = {
    id: "session",
    now: () => (now += 1000),
    database: () => global,
    stateOf,
    setting: (key: string) =>
      settings[key] ?? session.settings?.find((one) => one.key === key)?.initial ?? null,
    append: (draft: JsonObject) => void events.push(draft),
    events: ({ trace, kind, after = 0 }: { trace: string; kind: string; after?: number }) =>
      journal.filter((one) => one.trace === trace && one.kind === kind && one.seq > after),
    onEvent(kind: string, listener: (event: Event) => void) {
      onEvent.set(kind, listener);
      return () => onEvent.delete(kind);
    },
    live: (event: LiveEvent) => {
      told.push(event);
      for (const listener of listeners) listener(event);
    },
    onLive(listener: (event: LiveEvent) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async call(cap: string, args: JsonValue) {
      asked.push({ cap, args });
      return cap === "message.forget" ? { forgotten: 0 } : {};
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  } as unknown as Host;

  let stop = (await session.start?.(host)) as (() => void) | undefined;

  return {
    events,
    told,
    asked,
    journal,
    settings,
    host,
    /** As the counter does: parse, run, parse. */
    async call<T = JsonObject>(
      cap: string,
      args: JsonObject,
      {
        agent = "field",
        trace = "t1",
        tainted = false,
        signal = new AbortController().signal,
        waits = (_on: boolean) => {},
      } = {},
    ): Promise<T> {
      const provider = session.provides?.find((one) => one.capability.name === cap);
      if (!provider) throw new Error(`nobody provides ${cap}`);
      const context = {
        host,
        caller: { id: agent, tier: "guest" },
        trace,
        span: `span${++spans}`,
        tainted,
        trust: () => {},
        signal,
        waiting: waits,
        state: () => stateOf(agent),
      } as unknown as CallContext;
      const reply = await provider.run(provider.capability.input.parse(args), context);
      return provider.capability.output.parse(reply) as T;
    },
    mail(sessionId: string, trace: string, state: "waiting" | "running" | "done", agent = "field") {
      stateOf(agent)
        .sql(
          `INSERT INTO inbox (id, session, trace, state, at, source, payload) VALUES (?, ?, ?, ?, '2026-01-01T00:00:00.000Z', '{"kind":"owner","id":"owner"}', '{}') ON CONFLICT (id) DO UPDATE SET state = excluded.state`,
        )
        .run(trace, sessionId, trace, state);
    },
    /** What the kernel's inbox has of a message that was answered. */
    answer(trace: string, text: string, reply: JsonValue, source = "owner", agent = "field") {
      stateOf(agent)
        .sql("UPDATE inbox SET payload = ?, reply = ?, source = ? WHERE id = ?")
        .run(
          JSON.stringify({ text }),
          JSON.stringify(reply),
          JSON.stringify({ kind: source, id: source }),
          trace,
        );
    },
    /** The kernel's word that a message was handled. */
    async settled(
      kind: "message.answered" | "message.failed",
      sessionId: string,
      trace: string,
      agent = "field",
    ) {
      this.mail(sessionId, trace, "done", agent);
      const event = { kind, actor: agent, subject: trace, trace, span: "s", data: { session: sessionId } };
      onEvent.get(kind)?.(event as unknown as Event);
      await new Promise((resolve) => setImmediate(resolve));
    },
    /** Ends this module and begins it again on the same data. */
    async restart() {
      stop?.();
      stop = (await session.start?.(host)) as (() => void) | undefined;
    },
    [Symbol.dispose]() {
      stop?.();
      for (const state of states.values()) state.close();
      global.close();
      rmSync(folder, { recursive: true });
    },
  };
}
export type TestSystem = Awaited<ReturnType<typeof makeSystem>>;
