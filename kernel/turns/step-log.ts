import { hash } from "node:crypto";
import { type Database, FieldworkError, type Migration } from "#contract";

/** In each module's `state.db`: what the counter answered during the handling of a message. */
export const stepMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE turn_steps (
  mail TEXT NOT NULL, call TEXT NOT NULL, n INTEGER NOT NULL, begun INTEGER NOT NULL, tainted INTEGER NOT NULL, reply TEXT, said TEXT,
  PRIMARY KEY (mail, call, n)) WITHOUT ROWID;
`,
  },
  {
    version: 2,
    sql: `CREATE TABLE turn_said (id INTEGER PRIMARY KEY, session TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE UNIQUE INDEX turn_said_text ON turn_said (session, text);
`,
  },
];

/** Where one call of a handling stands. */
export type Step =
  /** It was answered before the system stopped; the answer holds. */
  | {
      readonly state: "answered";
      readonly reply: string;
      readonly tainted: boolean;
      readonly said: readonly string[];
    }
  /** It was begun, and nobody knows how it ended. */
  | { readonly state: "unknown" }
  | {
      readonly state: "new";
      /**
       * To be called right before it takes effect.
       * @throws FieldworkError `outcome_unknown` when the run before had effects that this one has left out: it goes another way, and
       * whether this effect is one of them nobody can tell.
       */
      begin(): void;
      /** @param said  what the owner has said in the turn by now, beyond its message */
      end(reply: string, tainted: boolean, said: readonly string[]): void;
    };

/**
 * The record of one message's handling. After a crash the handler runs again from its beginning; a call with the same
 * capability and arguments, for the same time, answers from here, so the handling goes on from its last finished step and
 * nothing is done twice.
 */
export interface StepLog {
  /** @param request  the guest's request as it came */
  step(request: Uint8Array): Step;
  /** Whether an earlier run has left steps. */
  readonly resumed: boolean;
}

const REPLY_MAX_CHARS = 16 * 1024 * 1024;
const STEPS_MAX = 100_000;

export function openStepLog(db: Database, mail: string): StepLog {
  const seen = new Map<string, number>();
  const left = db
    .sql("SELECT count(*) AS steps, coalesce(sum(begun), 0) AS effects FROM turn_steps WHERE mail = ?")
    .get(mail);
  const known = Number(left?.steps ?? 0);
  let count = known;
  /** Effects of the run before that this one has not come to yet. */
  let ahead = Number(left?.effects ?? 0);
  return {
    resumed: known > 0,
    step(request) {
      const call = hash("sha256", request).slice(0, 32);
      const n = (seen.get(call) ?? 0) + 1;
      seen.set(call, n);
      const row = db
        .sql("SELECT begun, tainted, reply, said FROM turn_steps WHERE mail = ? AND call = ? AND n = ?")
        .get(mail, call, n);
      if (row?.begun === 1) ahead--;
      if (row && row.reply !== null)
        return {
          state: "answered",
          reply: String(row.reply),
          tainted: row.tainted === 1,
          said: row.said === null ? [] : (JSON.parse(String(row.said)) as string[]),
        };
      if (row?.begun === 1) return { state: "unknown" };
      const put = db.sql(
        "INSERT INTO turn_steps VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mail, call, n) DO UPDATE SET begun = excluded.begun, tainted = excluded.tainted, reply = excluded.reply, said = excluded.said",
      );
      let begun = 0;
      return {
        state: "new",
        begin() {
          if (ahead > 0) throw anotherWay();
          begun = 1;
          put.run(mail, call, n, 1, 0, null, null);
        },
        end(reply, tainted, said) {
          if (++count > STEPS_MAX || reply.length > REPLY_MAX_CHARS) return;
          put.run(
            mail,
            call,
            n,
            begun,
            tainted ? 1 : 0,
            reply,
            said.length === 0 ? null : JSON.stringify(said),
          );
        },
      };
    },
  };
}

const anotherWay = () =>
  new FieldworkError(
    "outcome_unknown",
    "After the restart this handling asked for other things than before; what it did then is not repeated.",
  );

/** A handling that has ended needs its record no more. */
export function dropSteps(db: Database, mail: string): void {
  db.sql("DELETE FROM turn_steps WHERE mail = ?").run(mail);
}
