import { randomUUID } from "node:crypto";
import { type Database, FieldworkError, type Host, type Row } from "#contract";

const OPEN_MAX_OF_AGENT = 32;
const PAST_MAX_OF_AGENT = 1000;

export interface Question {
  readonly id: string;
  readonly agent: string;
  readonly session: string;
  readonly question: string;
  readonly options: readonly string[];
  readonly asked_at: string;
  readonly state: "waiting" | "answered" | "withdrawn";
  readonly answer: string | null;
  readonly closed_at: string | null;
}

/** Which questions. */
export interface Which {
  /** Also those that are over, newest first. */
  readonly all: boolean;
  readonly agent?: string | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string | undefined;
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
  list(which: Which): { questions: Question[]; next: string | null };
  answer(id: string, answer: string): Promise<void>;
  /** Nobody waits for an answer any more; what was asked stays among the past ones. */
  close(agent: string, session: string): void;
  /** Forgets all that was asked in a conversation. */
  withdraw(agent: string, session: string): void;
  /** Forgets all that an agent asked. */
  forget(agent: string): void;
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
      .sql(
        "SELECT id FROM session_question WHERE agent = ? AND session = ? AND turn = ? AND question = ? AND closed_at IS NULL",
      )
      .get(agent, session, trace, question);
    if (same) return String(same.id);
    const { n } = db
      .sql("SELECT count(*) AS n FROM session_question WHERE agent = ? AND closed_at IS NULL")
      .get(agent) as { n: number };
    if (n >= OPEN_MAX_OF_AGENT)
      throw new FieldworkError("rate_limited", `${n} questions of ${agent} wait for an answer already.`);
    const id = randomUUID();
    db.sql("INSERT INTO session_question VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)").run(
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
  /** It is over: answered, or withdrawn. Of an agent's past ones the newest are kept. */
  const close = (id: string, agent: string) => {
    db.sql("UPDATE session_question SET closed_at = ? WHERE id = ? AND closed_at IS NULL").run(
      new Date(host.now()).toISOString(),
      id,
    );
    db.sql(
      "DELETE FROM session_question WHERE id IN (SELECT id FROM session_question WHERE agent = ? AND closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT -1 OFFSET ?)",
    ).run(agent, PAST_MAX_OF_AGENT);
  };
  const leave = (id: string) =>
    waiters
      .get(id)
      ?.reject(new FieldworkError("cancelled", "The question was withdrawn: the turn was stopped."));

  return {
    async ask(asked) {
      const id = open(asked);
      await db.durable();
      const answered = db.sql("SELECT answer FROM session_question WHERE id = ?").get(id)?.answer;
      const withdrawn = () => leave(id);
      try {
        if (answered != null) return String(answered);
        return await new Promise<string>((resolve, reject) => {
          waiters.set(id, { resolve, reject });
          if (asked.signal.aborted) withdrawn();
          else asked.signal.addEventListener("abort", withdrawn, { once: true });
        });
      } finally {
        asked.signal.removeEventListener("abort", withdrawn);
        waiters.delete(id);
        // When the system stops, the question stays for the turn that goes on after the restart.
        if (!stopping) close(id, asked.agent);
      }
    },
    list({ all, agent, limit, before }) {
      const conditions = all ? ["1"] : ["answer IS NULL AND closed_at IS NULL"];
      const values: string[] = [];
      if (agent !== undefined) {
        conditions.push("agent = ?");
        values.push(agent);
      }
      if (before !== undefined) {
        const [at = "", id = ""] = before.split(" ");
        conditions.push(all ? "(asked_at, id) < (?, ?)" : "(asked_at, id) > (?, ?)");
        values.push(at, id);
      }
      const order = all ? "DESC" : "ASC";
      const rows = db
        .sql(
          `SELECT * FROM session_question WHERE ${conditions.join(" AND ")} ORDER BY asked_at ${order}, id ${order} LIMIT ?`,
        )
        .all(...values, limit + 1);
      const questions = rows.slice(0, limit).map(toQuestion);
      const last = questions.at(-1);
      return { questions, next: last && rows.length > limit ? `${last.asked_at} ${last.id}` : null };
    },
    async answer(id, answer) {
      const row = db
        .sql("SELECT * FROM session_question WHERE id = ? AND answer IS NULL AND closed_at IS NULL")
        .get(id);
      if (!row) throw new FieldworkError("not_found", `No question ${id} waits for an answer.`);
      db.sql("UPDATE session_question SET answer = ? WHERE id = ?").run(answer, id);
      await db.durable();
      const { agent, session } = toQuestion(row);
      const trace = String(row.turn);
      told("session.answered", { agent, session, trace, span: trace.slice(0, 16) }, id);
      host.live({ kind: "question.answered", agent, session, trace, data: { id } });
      waiters.get(id)?.resolve(answer);
    },
    close(agent, session) {
      for (const row of db
        .sql("SELECT id FROM session_question WHERE agent = ? AND session = ? AND closed_at IS NULL")
        .all(agent, session)) {
        const id = String(row.id);
        close(id, agent);
        leave(id);
      }
    },
    withdraw(agent, session) {
      for (const row of db
        .sql("DELETE FROM session_question WHERE agent = ? AND session = ? RETURNING id")
        .all(agent, session))
        leave(String(row.id));
    },
    forget: (agent) => void db.sql("DELETE FROM session_question WHERE agent = ?").run(agent),
    waiting: (agent, session) =>
      db
        .sql(
          "SELECT 1 FROM session_question WHERE agent = ? AND session = ? AND answer IS NULL AND closed_at IS NULL LIMIT 1",
        )
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
    state: row.answer !== null ? "answered" : row.closed_at !== null ? "withdrawn" : "waiting",
    answer: row.answer as string | null,
    closed_at: row.closed_at as string | null,
  };
}
