import { randomUUID } from "node:crypto";
import {
  CAPABILITIES,
  type Database,
  FieldworkError,
  type JsonValue,
  type Mail,
  type Migration,
  type Row,
  type Source,
  toErrorData,
} from "#contract";
import type { Journal } from "../journal/index.ts";
import { createSessionQueue } from "./session-queue.ts";

/** In each module's `state.db`. */
export const mailMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE inbox (
  id TEXT PRIMARY KEY, function TEXT NOT NULL, session TEXT, source TEXT NOT NULL, trace TEXT NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL, reply TEXT, error TEXT, at TEXT NOT NULL, finished_at TEXT);
CREATE INDEX inbox_open ON inbox (at) WHERE state IN ('waiting', 'running');
CREATE TABLE outbox (id TEXT PRIMARY KEY, target TEXT NOT NULL, function TEXT NOT NULL, payload TEXT NOT NULL, trace TEXT NOT NULL, at TEXT NOT NULL);
`,
  },
];

/** In the kernel's own database: which modules have mail that is not done, so that a restart looks only there. */
export const openMailMigrations: readonly Migration[] = [
  { version: 1, sql: "CREATE TABLE open_mail (module TEXT PRIMARY KEY) WITHOUT ROWID;\n" },
];

export interface Letter {
  readonly id?: string | undefined;
  readonly to: string;
  readonly function: string;
  readonly session: string | null;
  readonly source: Source;
  readonly trace: string;
  readonly payload: JsonValue;
}

/**
 * The inbox and outbox of every module. Accepted means durable: what {@link Mailbox.accept} resolved survives the loss of power and
 * is answered once, or visibly failed. Messages of one session are handled one after the other, sessions side by side.
 */
export interface Mailbox {
  accept(letter: Letter): Promise<Mail>;
  /** From one module to another: kept with the sender first, in one transaction with what it does. */
  post(sender: string, letter: Omit<Letter, "source" | "session">): Promise<string>;
  finished(to: string, id: string, signal?: AbortSignal): Promise<Mail>;
  list(to: string, limit: number): Mail[];
  /** Goes on where the last run ended. */
  resume(): Promise<void>;
  counts(): { readonly waiting: number; readonly running: number };
  close(): Promise<void>;
}

export interface MailboxOptions {
  readonly db: Database;
  readonly journal: Journal;
  readonly now: () => number;
  state(module: string): Database;
  /** @throws where the module cannot take mail at all. */
  requireModule(module: string): void;
  deliver(mail: Mail, signal: AbortSignal): Promise<JsonValue>;
}

const WAITING_MAX = 10_000;
const AT_ONCE_OF_MODULE = 64;
const KEEP_DONE = 10_000;

export function createMailbox(options: MailboxOptions): Mailbox {
  const { db, journal, state } = options;
  const waiters = new Map<string, Set<(mail: Mail) => void>>();
  const stop = new AbortController();
  let waiting = 0;
  let running = 0;
  const openModules = new Set<string>(
    db
      .sql("SELECT module FROM open_mail")
      .all()
      .map((row) => String(row.module)),
  );

  const markOpen = (module: string) => {
    if (openModules.has(module)) return;
    db.sql("INSERT OR IGNORE INTO open_mail VALUES (?)").run(module);
    openModules.add(module);
  };
  const markDone = (module: string) => {
    const inbox = state(module)
      .sql("SELECT 1 FROM inbox WHERE state IN ('waiting', 'running') LIMIT 1")
      .get();
    const outbox = state(module).sql("SELECT 1 FROM outbox LIMIT 1").get();
    if (inbox || outbox) return;
    openModules.delete(module);
    db.sql("DELETE FROM open_mail WHERE module = ?").run(module);
  };

  const get = (to: string, id: string): Mail | undefined =>
    toMail(to, state(to).sql("SELECT * FROM inbox WHERE id = ?").get(id));
  const iso = () => new Date(options.now()).toISOString();

  const settle = (
    mail: Mail,
    change: { state: "done" | "failed"; reply?: JsonValue; error?: JsonValue },
  ): void => {
    const own = state(mail.to);
    own
      .sql("UPDATE inbox SET state = ?, reply = ?, error = ?, finished_at = ? WHERE id = ?")
      .run(change.state, text(change.reply), text(change.error), iso(), mail.id);
    own
      .sql(
        "DELETE FROM inbox WHERE state IN ('done', 'failed') AND rowid <= (SELECT max(rowid) FROM inbox) - ?",
      )
      .run(KEEP_DONE);
    journal.append({
      kind: change.state === "done" ? "message.answered" : "message.failed",
      actor: mail.to,
      subject: mail.id,
      trace: mail.trace,
      span: mail.trace.slice(0, 16),
      data: { session: mail.session, ...(change.error === undefined ? {} : { error: change.error }) },
    });
    const finished = get(mail.to, mail.id) as Mail;
    for (const tell of waiters.get(mail.id) ?? []) tell(finished);
    waiters.delete(mail.id);
    markDone(mail.to);
  };

  const work = async (to: string, id: string): Promise<void> => {
    waiting--;
    if (stop.signal.aborted) return;
    const mail = get(to, id);
    if (mail?.state !== "waiting") return;
    running++;
    try {
      state(to).sql("UPDATE inbox SET state = 'running', attempts = attempts + 1 WHERE id = ?").run(id);
      const reply = await options.deliver(
        { ...mail, state: "running", attempts: mail.attempts + 1 },
        stop.signal,
      );
      settle(mail, { state: "done", reply });
    } catch (thrown) {
      // A message cut off by our own stop is decided at the next start, like one cut off by a crash.
      if (!stop.signal.aborted)
        settle(mail, { state: "failed", error: toErrorData(thrown) as unknown as JsonValue });
    } finally {
      running--;
    }
  };

  const queue = createSessionQueue(AT_ONCE_OF_MODULE, work);
  const enqueue = (to: string, id: string, session: string | null) => {
    waiting++;
    queue.add(to, session ?? id, id);
  };

  const store = (letter: Letter & { id: string }): Mail => {
    const own = state(letter.to);
    own
      .sql("INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, NULL, NULL, ?, NULL)")
      .run(
        letter.id,
        letter.function,
        letter.session,
        JSON.stringify(letter.source),
        letter.trace,
        JSON.stringify(letter.payload),
        iso(),
      );
    journal.append({
      kind: "message.received",
      actor: `${letter.source.kind}:${letter.source.id}`,
      subject: letter.to,
      trace: letter.trace,
      span: letter.trace.slice(0, 16),
      data: { id: letter.id, session: letter.session, function: letter.function },
    });
    return get(letter.to, letter.id) as Mail;
  };

  const forward = async (sender: string, id: string): Promise<void> => {
    const row = state(sender).sql("SELECT * FROM outbox WHERE id = ?").get(id);
    if (!row) return;
    const to = String(row.target);
    try {
      options.requireModule(to);
    } catch (error) {
      journal.append({
        kind: "message.undeliverable",
        actor: sender,
        subject: to,
        trace: String(row.trace),
        span: String(row.trace).slice(0, 16),
        data: { id, message: (error as Error).message },
      });
      state(sender).sql("DELETE FROM outbox WHERE id = ?").run(id);
      markDone(sender);
      return;
    }
    const known = get(to, id);
    markOpen(to);
    const mail =
      known ??
      store({
        id,
        to,
        function: String(row.function),
        session: `module:${sender}`,
        source: { kind: "module", id: sender },
        trace: String(row.trace),
        payload: JSON.parse(String(row.payload)) as JsonValue,
      });
    await state(to).durable();
    state(sender).sql("DELETE FROM outbox WHERE id = ?").run(id);
    markDone(sender);
    if (!known) enqueue(to, id, mail.session);
  };

  return {
    async accept(letter) {
      options.requireModule(letter.to);
      if (waiting >= WAITING_MAX) {
        throw new FieldworkError("rate_limited", `${waiting} messages wait already.`, {
          details: { retry_after_ms: 1000 },
        });
      }
      const id = letter.id ?? randomUUID();
      markOpen(letter.to);
      const mail = store({ ...letter, id });
      await Promise.all([state(letter.to).durable(), journal.durable()]);
      enqueue(letter.to, id, letter.session);
      return mail;
    },
    async post(sender, letter) {
      const id = randomUUID();
      markOpen(sender);
      state(sender)
        .sql("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?)")
        .run(id, letter.to, letter.function, JSON.stringify(letter.payload), letter.trace, iso());
      await state(sender).durable();
      await forward(sender, id);
      return id;
    },
    finished(to, id, signal) {
      const mail = get(to, id);
      if (!mail)
        return Promise.reject(
          new FieldworkError("not_found", `There is no message ${id} in the inbox of ${to}.`),
        );
      if (mail.state === "done" || mail.state === "failed") return Promise.resolve(mail);
      return new Promise((resolve, reject) => {
        const all = waiters.get(id) ?? new Set();
        waiters.set(id, all.add(resolve));
        const leave = () => {
          all.delete(resolve);
          reject(
            new FieldworkError("cancelled", "Nobody waits for the answer any more; the message goes on."),
          );
        };
        signal?.addEventListener("abort", leave, { once: true });
      });
    },
    list: (to, limit) =>
      state(to)
        .sql("SELECT * FROM inbox ORDER BY rowid DESC LIMIT ?")
        .all(limit)
        .map((row) => toMail(to, row) as Mail),
    async resume() {
      for (const module of [...openModules]) {
        try {
          options.requireModule(module);
        } catch {
          continue;
        }
        for (const row of state(module).sql("SELECT id FROM outbox").all())
          await forward(module, String(row.id));
        for (const row of state(module)
          .sql("SELECT * FROM inbox WHERE state IN ('waiting', 'running') ORDER BY rowid")
          .all()) {
          const mail = toMail(module, row) as Mail;
          if (mail.state === "running" && hadEffects(journal, mail.trace)) {
            settle(mail, {
              state: "failed",
              error: toErrorData(
                new FieldworkError(
                  "outcome_unknown",
                  "The system stopped while this message was being handled, after it had already changed something.",
                ),
              ) as unknown as JsonValue,
            });
            continue;
          }
          state(module).sql("UPDATE inbox SET state = 'waiting' WHERE id = ?").run(mail.id);
          enqueue(module, mail.id, mail.session);
        }
        markDone(module);
      }
    },
    counts: () => ({ waiting, running }),
    async close() {
      stop.abort(new FieldworkError("cancelled", "The system is stopping."));
    },
  };
}

/** Unknown capabilities count as effects. */
const isEffect = (capability: string): boolean => {
  const effect = CAPABILITIES.get(capability)?.effect ?? "system";
  return effect !== "none" && effect !== "read";
};

/** Did the handling of a message, before it was cut off, do anything that must not happen twice? */
function hadEffects(journal: Journal, trace: string): boolean {
  let after = 0;
  for (;;) {
    const events = journal.read(after, 500, { trace });
    if (
      events.some(
        (event) =>
          event.kind === "effect.begun" ||
          (event.kind === "capability.called" && isEffect(event.subject ?? "")),
      )
    )
      return true;
    const last = events.at(-1);
    if (!last || events.length < 500) return false;
    after = last.seq;
  }
}

const text = (value: JsonValue | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

function toMail(to: string, row: Row | undefined): Mail | undefined {
  if (!row) return undefined;
  const optional = (key: "reply" | "error") =>
    row[key] === null ? {} : { [key]: JSON.parse(String(row[key])) as JsonValue };
  return {
    id: String(row.id),
    to,
    function: String(row.function),
    session: row.session === null ? null : String(row.session),
    source: JSON.parse(String(row.source)) as Source,
    trace: String(row.trace),
    payload: JSON.parse(String(row.payload)) as JsonValue,
    state: row.state as Mail["state"],
    attempts: Number(row.attempts),
    at: String(row.at),
    finished_at: row.finished_at === null ? null : String(row.finished_at),
    ...optional("reply"),
    ...optional("error"),
  };
}
