import { randomUUID } from "node:crypto";
import {
  type Database,
  type ErrorCode,
  FieldworkError,
  type JsonValue,
  type Mail,
  type Source,
  toErrorData,
} from "#contract";
import type { Journal } from "../journal/index.ts";
import { text, toMail } from "./mail.ts";
import { createSessionQueue } from "./session-queue.ts";

export interface Letter {
  /** The same id is accepted once. */
  readonly id?: string | undefined;
  readonly to: string;
  readonly function: string;
  readonly session: string | null;
  readonly source: Source;
  readonly trace: string;
  readonly payload: JsonValue;
  /** It comes from outside the owner. */
  readonly tainted?: boolean | undefined;
  /** A person is there who can be asked; so it is by default. */
  readonly attended?: boolean | undefined;
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
  /** The newest first. */
  list(to: string, limit: number): Mail[];
  /** Goes on where the last run ended. */
  resume(): Promise<void>;
  /** Stops the handling of a session's messages; they end as failed. Gives how many. */
  cancel(to: string, session: string): number;
  /** Deletes the messages of a session that were handled. */
  forget(to: string, session: string): readonly { readonly id: string; readonly trace: string }[];
  counts(): { readonly waiting: number; readonly running: number };
  close(): Promise<void>;
}

export interface MailboxOptions {
  readonly db: Database;
  readonly journal: Journal;
  readonly now: () => number;
  state(module: string): Database;
  /** Waits while the module's folder is changed. @throws where the module cannot take mail at all. */
  requireModule(module: string): Promise<void>;
  deliver(mail: Mail, signal: AbortSignal): Promise<JsonValue>;
  /** Has the handling of a message, before it was cut off, asked the counter for anything? */
  acted(mail: Mail): boolean;
  /** Told when a message is done or failed for good. */
  settled(mail: Mail): void;
}

/** Messages of one module that wait, run or are on their way. */
const OPEN_MAX_OF_MODULE = 10_000;
const AT_ONCE_OF_MODULE = 128;
const KEEP_DONE = 10_000;
/** A message that was cut off this often is not tried again: it may be what stops the system. */
const ATTEMPTS_MAX = 5;
const FORWARD_AGAIN_MS = 5000;

export function createMailbox(options: MailboxOptions): Mailbox {
  const { db, journal, state } = options;
  const waiters = new Map<string, Set<PromiseWithResolvers<Mail>>>();
  const stop = new AbortController();
  const handling = new Map<string, { readonly mail: Mail; readonly cancel: AbortController }>();
  const retries = new Map<string, NodeJS.Timeout>();
  let waiting = 0;
  let running = 0;

  /** Modules that may have mail that is not done, each with the promise that this is on the disk. */
  const marked = new Map<string, Promise<void>>(
    db
      .sql("SELECT module FROM open_mail")
      .all()
      .map((row) => [String(row.module), Promise.resolve()]),
  );
  const mark = (module: string): Promise<void> => {
    const known = marked.get(module);
    if (known) return known;
    db.sql("INSERT OR IGNORE INTO open_mail VALUES (?)").run(module);
    const durable = db.durable();
    marked.set(module, durable);
    durable.catch(() => marked.delete(module));
    return durable;
  };
  const unmark = (module: string) => {
    marked.delete(module);
    db.sql("DELETE FROM open_mail WHERE module = ?").run(module);
  };

  /** By module, what this process has taken on. */
  const open = new Map<string, Set<string>>();
  /** Modules whose mail is left for the next start. */
  const unfinished = new Set<string>();
  const isOpen = (module: string, id: string) => open.get(module)?.has(id) ?? false;
  const begin = (module: string, id: string) =>
    void open.getOrInsertComputed(module, () => new Set()).add(id);
  const end = (module: string, id: string) => {
    const ids = open.get(module);
    ids?.delete(id);
    if (ids?.size === 0) open.delete(module);
  };
  const refuseWhenFull = (module: string) => {
    const count = open.get(module)?.size ?? 0;
    if (count < OPEN_MAX_OF_MODULE) return;
    throw new FieldworkError("rate_limited", `${count} messages wait for ${module} already.`, {
      details: { retry_after_ms: 1000 },
    });
  };

  const get = (to: string, id: string): Mail | undefined =>
    toMail(to, state(to).sql("SELECT * FROM inbox WHERE id = ?").get(id));
  const iso = () => new Date(options.now()).toISOString();
  const note = (
    kind: string,
    actor: string,
    subject: string,
    trace: string,
    data: Record<string, JsonValue>,
  ) => journal.append({ kind, actor, subject, trace, span: trace.slice(0, 16), data });
  /** A line that may be missing: the journal's own failure is shown in health. */
  const tryNote: typeof note = (...line) => {
    try {
      return note(...line);
    } catch {
      return { seq: 0, hash: "" };
    }
  };
  const tell = (id: string, told: (waiter: PromiseWithResolvers<Mail>) => void) => {
    const all = waiters.get(id) ?? [];
    waiters.delete(id);
    for (const waiter of all) told(waiter);
  };

  const settle = (
    mail: Mail,
    change: { readonly state: "done" | "failed"; readonly reply?: JsonValue; readonly error?: JsonValue },
  ): void => {
    const own = state(mail.to);
    own.transaction(() => {
      own
        .sql("UPDATE inbox SET state = ?, reply = ?, error = ?, finished_at = ? WHERE id = ?")
        .run(change.state, text(change.reply), text(change.error), iso(), mail.id);
      own
        .sql(
          "DELETE FROM inbox WHERE rowid <= (SELECT max(rowid) FROM inbox) - ? AND state IN ('done', 'failed')",
        )
        .run(KEEP_DONE);
    });
    tryNote(change.state === "done" ? "message.answered" : "message.failed", mail.to, mail.id, mail.trace, {
      session: mail.session,
      ...(change.error === undefined ? {} : { error: change.error }),
    });
    const finished = get(mail.to, mail.id) as Mail;
    options.settled(finished);
    tell(mail.id, (waiter) => waiter.resolve(finished));
  };
  const fail = (mail: Mail, thrown: unknown) =>
    settle(mail, { state: "failed", error: toErrorData(thrown) as unknown as JsonValue });

  const handle = async (to: string, id: string): Promise<void> => {
    await options.requireModule(to);
    const found = get(to, id);
    if (stop.signal.aborted || found?.state !== "waiting") return;
    state(to).sql("UPDATE inbox SET state = 'running', attempts = attempts + 1 WHERE id = ?").run(id);
    const mail: Mail = { ...found, state: "running", attempts: found.attempts + 1 };
    const cancel = new AbortController();
    handling.set(id, { mail, cancel });
    let reply: JsonValue;
    try {
      reply = await options.deliver(mail, AbortSignal.any([stop.signal, cancel.signal]));
    } catch (thrown) {
      // A message cut off by our own stop is taken up again at the next start, like one cut off by a crash.
      if (!stop.signal.aborted) fail(mail, thrown);
      return;
    } finally {
      handling.delete(id);
    }
    settle(mail, { state: "done", reply });
  };
  const work = async (to: string, id: string): Promise<void> => {
    waiting--;
    running++;
    try {
      await handle(to, id);
    } catch (error) {
      // Its module is gone, or its inbox cannot be written: what became of it is decided at the next start.
      unfinished.add(to);
      tell(id, (waiter) => waiter.reject(error));
    } finally {
      running--;
      end(to, id);
    }
  };

  const queue = createSessionQueue(AT_ONCE_OF_MODULE, work);
  const enqueue = (to: string, id: string, session: string | null) => {
    begin(to, id);
    waiting++;
    queue.add(to, session ?? id, id);
  };

  const store = (letter: Letter & { readonly id: string }): Mail => {
    const own = state(letter.to);
    own.transaction(() => {
      own
        .sql("INSERT INTO inbox VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, NULL, NULL, ?, NULL, ?, ?)")
        .run(
          letter.id,
          letter.function,
          letter.session,
          JSON.stringify(letter.source),
          letter.trace,
          JSON.stringify(letter.payload),
          iso(),
          letter.tainted ? 1 : 0,
          letter.attended === false ? 0 : 1,
        );
      note("message.received", `${letter.source.kind}:${letter.source.id}`, letter.to, letter.trace, {
        id: letter.id,
        session: letter.session,
        function: letter.function,
      });
    });
    return get(letter.to, letter.id) as Mail;
  };

  /** A message that was not there, or that the last run stored and did not come to. */
  const isNew = (known: Mail | undefined) =>
    known === undefined || (known.state === "waiting" && !isOpen(known.to, known.id));

  /** Carries one message from an outbox into its inbox: known by its id, it arrives once however often this is done. */
  const forward = async (sender: string, id: string): Promise<void> => {
    const row = state(sender).sql("SELECT * FROM outbox WHERE id = ?").get(id);
    if (!row) return end(sender, id);
    const to = String(row.target);
    const trace = String(row.trace);
    const drop = () => {
      state(sender).sql("DELETE FROM outbox WHERE id = ?").run(id);
      end(sender, id);
    };
    try {
      await options.requireModule(to);
    } catch (error) {
      tryNote("message.undeliverable", sender, to, trace, { id, message: (error as Error).message });
      return drop();
    }
    const durable = mark(to);
    const known = get(to, id);
    const session = `module:${sender}`;
    if (!known) {
      const payload = JSON.parse(String(row.payload)) as JsonValue;
      const source: Source = { kind: "module", id: sender };
      store({
        id,
        to,
        function: String(row.function),
        session,
        source,
        trace,
        payload,
        tainted: row.tainted === 1,
      });
    }
    await Promise.all([durable, state(to).durable()]);
    drop();
    if (isNew(known)) enqueue(to, id, session);
  };
  const forwardAll = async (sender: string): Promise<void> => {
    clearTimeout(retries.get(sender));
    retries.delete(sender);
    try {
      for (const { id } of state(sender).sql("SELECT id FROM outbox ORDER BY rowid").all()) {
        begin(sender, String(id));
        await forward(sender, String(id));
      }
    } catch (error) {
      if (stop.signal.aborted) return;
      tryNote("message.delayed", sender, sender, "", { message: (error as Error).message });
      retries.set(sender, setTimeout(() => void forwardAll(sender), FORWARD_AGAIN_MS).unref());
    }
  };

  /** Takes up what a module's inbox held when the system stopped. */
  const takeUp = (mail: Mail): void => {
    const cut = (code: ErrorCode, message: string) => fail(mail, new FieldworkError(code, message));
    if (mail.attempts >= ATTEMPTS_MAX) {
      cut(
        options.acted(mail) ? "outcome_unknown" : "module_crashed",
        `The system stopped ${mail.attempts} times while this message was being handled.`,
      );
    } else {
      state(mail.to).sql("UPDATE inbox SET state = 'waiting' WHERE id = ?").run(mail.id);
      enqueue(mail.to, mail.id, mail.session);
    }
  };

  return {
    async accept(letter) {
      await options.requireModule(letter.to);
      const { to, id = randomUUID(), session } = letter;
      const known = letter.id === undefined ? undefined : get(to, id);
      if (!known) refuseWhenFull(to);
      const durable = mark(to);
      const mail = known ?? store({ ...letter, id });
      await Promise.all([durable, state(to).durable(), journal.durable()]);
      if (isNew(known)) enqueue(to, id, session);
      return mail;
    },
    async post(sender, letter) {
      const { to, trace } = letter;
      refuseWhenFull(to);
      refuseWhenFull(sender);
      const id = randomUUID();
      const durable = mark(sender);
      state(sender)
        .sql("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)")
        .run(id, to, letter.function, JSON.stringify(letter.payload), trace, iso(), letter.tainted ? 1 : 0);
      begin(sender, id);
      await Promise.all([durable, state(sender).durable()]);
      await forward(sender, id).catch((error: unknown) => {
        tryNote("message.delayed", sender, to, trace, { id, message: (error as Error).message });
        const again = () => void forwardAll(sender);
        if (!stop.signal.aborted && !retries.has(sender))
          retries.set(sender, setTimeout(again, FORWARD_AGAIN_MS).unref());
      });
      return id;
    },
    finished(to, id, signal) {
      const mail = get(to, id);
      if (!mail)
        return Promise.reject(
          new FieldworkError("not_found", `There is no message ${id} in the inbox of ${to}.`),
        );
      if (mail.state === "done" || mail.state === "failed") return Promise.resolve(mail);
      const waiter = Promise.withResolvers<Mail>();
      const all = waiters.getOrInsertComputed(id, () => new Set()).add(waiter);
      const leave = () => {
        all.delete(waiter);
        if (all.size === 0) waiters.delete(id);
        waiter.reject(
          new FieldworkError("cancelled", "Nobody waits for the answer any more; the message goes on."),
        );
      };
      if (signal?.aborted) leave();
      else signal?.addEventListener("abort", leave, { once: true });
      return waiter.promise.finally(() => signal?.removeEventListener("abort", leave));
    },
    list: (to, limit) =>
      state(to)
        .sql("SELECT * FROM inbox ORDER BY rowid DESC LIMIT ?")
        .all(limit)
        .map((row) => toMail(to, row) as Mail),
    async resume() {
      for (const module of [...marked.keys()]) {
        try {
          await options.requireModule(module);
          await forwardAll(module);
          const rows = state(module)
            .sql("SELECT * FROM inbox WHERE state IN ('waiting', 'running') ORDER BY rowid")
            .all();
          for (const row of rows) {
            const mail = toMail(module, row) as Mail;
            if (!isOpen(module, mail.id)) takeUp(mail);
          }
          if (!open.has(module)) unmark(module);
        } catch (error) {
          // It is gone, or its inbox cannot be read; the others go on.
          tryNote("message.not_resumed", module, module, "", { message: (error as Error).message });
          unfinished.add(module);
        }
      }
    },
    cancel(to, session) {
      const found = [...handling.values()].filter(({ mail }) => mail.to === to && mail.session === session);
      for (const { cancel } of found) cancel.abort(new FieldworkError("cancelled", "It was stopped."));
      return found.length;
    },
    forget: (to, session) =>
      state(to)
        .sql("DELETE FROM inbox WHERE session = ? AND state IN ('done', 'failed') RETURNING id, trace")
        .all(session)
        .map(({ id, trace }) => ({ id: String(id), trace: String(trace) })),
    counts: () => ({ waiting, running }),
    async close() {
      const stopping = new FieldworkError("cancelled", "The system is stopping.");
      for (const module of [...marked.keys()])
        if (!open.has(module) && !unfinished.has(module)) unmark(module);
      stop.abort(stopping);
      for (const timer of retries.values()) clearTimeout(timer);
      for (const id of [...waiters.keys()]) tell(id, (waiter) => waiter.reject(stopping));
    },
  };
}
