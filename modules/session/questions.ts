import { randomUUID } from "node:crypto";
import { type Database, FieldworkError, type Host, type Row } from "#contract";

const OPEN_MAX_OF_AGENT = 32;

export interface Question {
  readonly id: string;
  readonly agent: string;
  readonly session: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly asked_at: string;
}

export interface Asked {
  readonly agent: string;
  readonly session: string;
  readonly trace: string;
  readonly span: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Questions of agents to a person. A question outlives a restart: the turn that asked it runs again and waits for the same one;
 * an answer given meanwhile is kept for it.
 */
export interface Questions {
  ask(asked: Asked): Promise<string>;
  list(): Question[];
  answer(id: string, answer: string): Promise<void>;
  /** Nobody waits for an answer any more. */
  withdraw(agent: string, session: string): void;
  waiting(agent: string, session: string): boolean;
  stop(): void;
}

export function createQuestions(host: Host): Questions {
  const db: Database = host.database();
  const waiters = new Map<string, { resolve(answer: string): void; reject(error: Error): void }>();
  let stopping = false;

  const told = (kind: string, asked: Pick<Asked, "agent" | "session" | "trace" | "span">, id: string) =>
    host.append({
      kind,
      subject: id,
      data: { agent: asked.agent, session: asked.session },
      trace: asked.trace,
      span: asked.span,
    });

  const open = ({ agent, session, trace, span, question, options }: Asked): string => {
    const same = db
      .sql("SELECT id FROM session_question WHERE agent = ? AND session = ? AND turn = ? AND question = ?")
      .get(agent, session, trace, question);
    if (same) return String(same.id);
    const { n } = db.sql("SELECT count(*) AS n FROM session_question WHERE agent = ?").get(agent) as {
      n: number;
    };
    if (n >= OPEN_MAX_OF_AGENT)
      throw new FieldworkError("rate_limited", `${n} questions of ${agent} wait for an answer already.`);
    const id = randomUUID();
    db.sql("INSERT INTO session_question VALUES (?, ?, ?, ?, ?, ?, ?, NULL)").run(
      id,
      agent,
      session,
      trace,
      question,
      JSON.stringify(options),
      new Date(host.now()).toISOString(),
    );
    told("session.asked", { agent, session, trace, span }, id);
    host.live({ kind: "question.asked", agent, session, trace, data: { id, question, options } });
    return id;
  };
  const close = (id: string) => db.sql("DELETE FROM session_question WHERE id = ?").run(id).changes > 0;

  return {
    async ask(asked) {
      const id = open(asked);
      await db.durable();
      const answered = db.sql("SELECT answer FROM session_question WHERE id = ?").get(id)?.answer;
      const leave = () =>
        waiters
          .get(id)
          ?.reject(new FieldworkError("cancelled", "The question was withdrawn: the turn was stopped."));
      try {
        if (answered != null) return String(answered);
        return await new Promise<string>((resolve, reject) => {
          waiters.set(id, { resolve, reject });
          if (asked.signal.aborted) leave();
          else asked.signal.addEventListener("abort", leave, { once: true });
        });
      } finally {
        asked.signal.removeEventListener("abort", leave);
        waiters.delete(id);
        // When the system stops, the question stays for the turn that goes on after the restart.
        if (!stopping) close(id);
      }
    },
    list: () =>
      db.sql("SELECT * FROM session_question WHERE answer IS NULL ORDER BY asked_at").all().map(toQuestion),
    async answer(id, answer) {
      const row = db.sql("SELECT * FROM session_question WHERE id = ? AND answer IS NULL").get(id);
      if (!row) throw new FieldworkError("not_found", `No question ${id} waits for an answer.`);
      db.sql("UPDATE session_question SET answer = ? WHERE id = ?").run(answer, id);
      await db.durable();
      const { agent, session } = toQuestion(row);
      const trace = String(row.turn);
      told("session.answered", { agent, session, trace, span: trace.slice(0, 16) }, id);
      host.live({ kind: "question.answered", agent, session, trace, data: { id } });
      waiters.get(id)?.resolve(answer);
    },
    withdraw(agent, session) {
      for (const row of db
        .sql("SELECT id FROM session_question WHERE agent = ? AND session = ?")
        .all(agent, session)) {
        const id = String(row.id);
        close(id);
        waiters
          .get(id)
          ?.reject(new FieldworkError("cancelled", "The question was withdrawn: the turn was stopped."));
      }
    },
    waiting: (agent, session) =>
      db
        .sql("SELECT 1 FROM session_question WHERE agent = ? AND session = ? AND answer IS NULL LIMIT 1")
        .get(agent, session) !== undefined,
    stop() {
      stopping = true;
    },
  };
}

function toQuestion(row: Row): Question {
  return {
    id: String(row.id),
    agent: String(row.agent),
    session: String(row.session),
    question: String(row.question),
    options: JSON.parse(String(row.options)) as string[],
    asked_at: String(row.asked_at),
  };
}
