import type { Database, JsonValue, Mail, Row, Source } from "#contract";
import type { MailLog } from "./mail-log.ts";

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

export type Outcome =
  | { readonly state: "done"; readonly reply: JsonValue }
  | { readonly state: "failed"; readonly error: JsonValue };

/** The inboxes as they are kept: one table in each module's own database. */
export interface Inbox {
  get(to: string, id: string): Mail | undefined;
  store(letter: Letter & { readonly id: string }): Mail;
  /** Its handling begins, once more. */
  begin(mail: Mail): Mail;
  /** Its handling was cut off and is to begin anew. */
  wait(mail: Mail): void;
  finish(mail: Mail, outcome: Outcome): Mail;
  /** Those that wait or were being handled, the oldest first. */
  open(to: string): Mail[];
  /** The newest first. */
  list(to: string, limit: number): Mail[];
  /** Deletes the messages of a session that were handled. */
  forget(to: string, session: string): readonly { readonly id: string; readonly trace: string }[];
}

export interface InboxOptions {
  readonly log: MailLog;
  readonly now: () => number;
  state(module: string): Database;
}

const KEEP_DONE = 10_000;

export function createInbox({ log, now, state }: InboxOptions): Inbox {
  const iso = () => new Date(now()).toISOString();
  const get = (to: string, id: string): Mail | undefined => {
    const row = state(to).sql("SELECT * FROM inbox WHERE id = ?").get(id);
    return row && toMail(to, row);
  };
  return {
    get,
    store(letter) {
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
        log.write("message.received", `${letter.source.kind}:${letter.source.id}`, letter.to, letter.trace, {
          id: letter.id,
          session: letter.session,
          function: letter.function,
        });
      });
      return get(letter.to, letter.id) as Mail;
    },
    begin(mail) {
      state(mail.to)
        .sql("UPDATE inbox SET state = 'running', attempts = attempts + 1 WHERE id = ?")
        .run(mail.id);
      return { ...mail, state: "running", attempts: mail.attempts + 1 };
    },
    wait(mail) {
      state(mail.to).sql("UPDATE inbox SET state = 'waiting' WHERE id = ?").run(mail.id);
    },
    finish(mail, outcome) {
      const own = state(mail.to);
      const [reply, error] =
        outcome.state === "done" ? [text(outcome.reply), null] : [null, text(outcome.error)];
      own.transaction(() => {
        own
          .sql("UPDATE inbox SET state = ?, reply = ?, error = ?, finished_at = ? WHERE id = ?")
          .run(outcome.state, reply, error, iso(), mail.id);
        own
          .sql(
            "DELETE FROM inbox WHERE rowid <= (SELECT max(rowid) FROM inbox) - ? AND state IN ('done', 'failed')",
          )
          .run(KEEP_DONE);
      });
      return get(mail.to, mail.id) as Mail;
    },
    open: (to) =>
      state(to)
        .sql("SELECT * FROM inbox WHERE state IN ('waiting', 'running') ORDER BY rowid")
        .all()
        .map((row) => toMail(to, row)),
    list: (to, limit) =>
      state(to)
        .sql("SELECT * FROM inbox ORDER BY rowid DESC LIMIT ?")
        .all(limit)
        .map((row) => toMail(to, row)),
    forget: (to, session) =>
      state(to)
        .sql("DELETE FROM inbox WHERE session = ? AND state IN ('done', 'failed') RETURNING id, trace")
        .all(session)
        .map(({ id, trace }) => ({ id: String(id), trace: String(trace) })),
  };
}

const text = (value: JsonValue | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

function toMail(to: string, row: Row): Mail {
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
    tainted: row.tainted === 1,
    attended: row.attended === 1,
    at: String(row.at),
    finished_at: row.finished_at === null ? null : String(row.finished_at),
    ...optional("reply"),
    ...optional("error"),
  };
}
