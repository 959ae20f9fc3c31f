import { randomUUID } from "node:crypto";
import { type Database, FieldworkError, type JsonValue, type Mail, toErrorData } from "#contract";
import type { Journal } from "../journal/index.ts";
import { createInbox, type Inbox, type Letter, type Outcome } from "./inbox.ts";
import { createMailLog } from "./mail-log.ts";
import { createOpenMail } from "./open-mail.ts";
import { type Arrived, createOutbox, type Outbox } from "./outbox.ts";
import { createSessionQueue } from "./session-queue.ts";
import { createWaiters } from "./waiters.ts";

/**
 * The inbox and outbox of every module. Accepted means durable: what {@link Mailbox.accept} resolved survives the loss of power and
 * is answered once, or visibly failed. Messages of one session are handled one after the other, sessions side by side.
 */
export interface Mailbox extends Pick<Inbox, "list" | "forget">, Pick<Outbox, "post"> {
  accept(letter: Letter): Promise<Mail>;
  finished(to: string, id: string, signal?: AbortSignal): Promise<Mail>;
  /** Goes on where the last run ended. */
  resume(): Promise<void>;
  /** Stops the handling of a session's messages; they end as failed. Gives how many. */
  cancel(to: string, session: string): number;
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

const AT_ONCE_OF_MODULE = 128;
/** A message that was cut off this often is not tried again: it may be what stops the system. */
const ATTEMPTS_MAX = 5;

export function createMailbox(options: MailboxOptions): Mailbox {
  const { db, journal, now, state } = options;
  const log = createMailLog(journal);
  const inbox = createInbox({ log, now, state });
  const openMail = createOpenMail(db);
  const waiters = createWaiters();
  const stop = new AbortController();
  const handling = new Map<string, { readonly mail: Mail; readonly cancel: AbortController }>();
  let waiting = 0;
  let running = 0;

  const settle = (mail: Mail, outcome: Outcome): void => {
    const finished = inbox.finish(mail, outcome);
    const kind = outcome.state === "done" ? "message.answered" : "message.failed";
    log.tryWrite(kind, mail.to, mail.id, mail.trace, {
      session: mail.session,
      ...(outcome.state === "failed" ? { error: outcome.error } : {}),
    });
    options.settled(finished);
    waiters.finished(finished);
  };
  const fail = (mail: Mail, thrown: unknown) =>
    settle(mail, { state: "failed", error: toErrorData(thrown) as unknown as JsonValue });

  const handle = async (to: string, id: string): Promise<void> => {
    await options.requireModule(to);
    const found = inbox.get(to, id);
    if (stop.signal.aborted || found?.state !== "waiting") return;
    const mail = inbox.begin(found);
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
      openMail.leave(to);
      waiters.failed(id, error);
    } finally {
      running--;
      openMail.end(to, id);
    }
  };

  const queue = createSessionQueue(AT_ONCE_OF_MODULE, work);
  const enqueue = ({ to, id, session }: Mail) => {
    openMail.begin(to, id);
    waiting++;
    queue.add(to, session ?? id, id);
  };

  const arrive = (letter: Letter & { readonly id: string }): Arrived & { readonly mail: Mail } => {
    const marked = openMail.mark(letter.to);
    const known = inbox.get(letter.to, letter.id);
    const mail = known ?? inbox.store(letter);
    return {
      mail,
      durable: Promise.all([marked, state(letter.to).durable()]),
      enqueue() {
        // One that the last run stored and did not come to is as good as new.
        if (!known || (known.state === "waiting" && !openMail.has(known.to, known.id))) enqueue(mail);
      },
    };
  };

  const outbox = createOutbox({
    log,
    now,
    openMail,
    stopped: stop.signal,
    state,
    requireModule: options.requireModule,
    arrive,
  });

  /** Takes up what a module's inbox held when the system stopped. */
  const takeUp = (mail: Mail): void => {
    if (mail.attempts >= ATTEMPTS_MAX) {
      const code = options.acted(mail) ? "outcome_unknown" : "module_crashed";
      const message = `The system stopped ${mail.attempts} times while this message was being handled.`;
      fail(mail, new FieldworkError(code, message));
    } else {
      inbox.wait(mail);
      enqueue(mail);
    }
  };

  return {
    async accept(letter) {
      await options.requireModule(letter.to);
      const { to, id = randomUUID() } = letter;
      if (letter.id === undefined || !inbox.get(to, id)) openMail.refuseWhenFull(to);
      const { mail, durable, enqueue } = arrive({ ...letter, id });
      await Promise.all([durable, journal.durable()]);
      enqueue();
      return mail;
    },
    post: outbox.post,
    finished(to, id, signal) {
      const mail = inbox.get(to, id);
      if (!mail)
        return Promise.reject(
          new FieldworkError("not_found", `There is no message ${id} in the inbox of ${to}.`),
        );
      if (mail.state === "done" || mail.state === "failed") return Promise.resolve(mail);
      return waiters.wait(id, signal);
    },
    list: inbox.list,
    async resume() {
      for (const module of openMail.modules()) {
        try {
          await options.requireModule(module);
          await outbox.forwardAll(module);
          for (const mail of inbox.open(module)) if (!openMail.has(module, mail.id)) takeUp(mail);
          openMail.unmarkIfDone(module);
        } catch (error) {
          // It is gone, or its inbox cannot be read; the others go on.
          log.tryWrite("message.not_resumed", module, module, "", { message: (error as Error).message });
          openMail.leave(module);
        }
      }
    },
    cancel(to, session) {
      const found = [...handling.values()].filter(({ mail }) => mail.to === to && mail.session === session);
      for (const { cancel } of found) cancel.abort(new FieldworkError("cancelled", "It was stopped."));
      return found.length;
    },
    forget: inbox.forget,
    counts: () => ({ waiting, running }),
    async close() {
      const stopping = new FieldworkError("cancelled", "The system is stopping.");
      openMail.close();
      stop.abort(stopping);
      outbox.close();
      waiters.close(stopping);
    },
  };
}
