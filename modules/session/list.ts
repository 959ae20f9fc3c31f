import { randomUUID } from "node:crypto";
import { type Database, FieldworkError, type Host, type Row, type SessionInfo } from "#contract";
import type { Questions } from "./questions.ts";
import { indexLater } from "./search/index.ts";
import { titleOfBranch } from "./title.ts";
import { firstWaiting, isWaiting, runningTurn } from "./turns.ts";

/** A conversation whose first message is accepted, and nothing of it written yet. */
const NOTHING_YET = { entries: 0, superseded: 0, pinned: 0, archived: 0 };

/** Conversations of one module as its owner sees them. */
export function createList(host: Host, questions: Questions) {
  /** What a person is asked for in a turn; approvals as the kernel keeps them in the same file, also those of a module that it called. */
  const awaited = (agent: string, session: string, trace: string): SessionInfo["waits_for"] => {
    if (questions.waiting(agent, session)) return "question";
    const approval = host
      .database()
      .sql("SELECT 1 FROM approvals WHERE state = 'waiting' AND trace = ? LIMIT 1")
      .get(trace);
    return approval ? "approval" : null;
  };
  const infoOf = (agent: string, state: Database, row: Row): SessionInfo => {
    const session = String(row.id);
    const running = runningTurn(state, session);
    const waitsFor = running ? awaited(agent, session, running.trace) : null;
    return {
      session,
      agent,
      title: String(row.title),
      entries: Number(row.entries) - Number(row.superseded),
      superseded: Number(row.superseded),
      created_at: String(row.created_at),
      last_at: String(row.last_at),
      pinned: row.pinned === 1,
      archived: row.archived === 1,
      turn: running
        ? waitsFor === null
          ? "running"
          : "waiting"
        : isWaiting(state, session)
          ? "waiting"
          : "idle",
      waits_for: waitsFor,
    };
  };
  const rowOf = (state: Database, agent: string, session: string): Row => {
    const row = state.sql("SELECT * FROM session_session WHERE id = ?").get(session);
    if (!row) throw new FieldworkError("not_found", `${agent} has no conversation ${session}.`);
    return row;
  };
  const agents = (): string[] =>
    host
      .database()
      .sql("SELECT agent FROM session_agent ORDER BY agent")
      .all()
      .map((row) => String(row.agent));

  /** A module that is gone has no conversations to show. */
  const stateOf = (agent: string): Database | undefined => {
    try {
      return host.stateOf(agent);
    } catch (error) {
      if (error instanceof FieldworkError && error.code === "not_found") return undefined;
      throw error;
    }
  };

  return {
    /** Those that have, or had, conversations. */
    agents,
    info: (agent: string, session: string): SessionInfo => {
      const state = host.stateOf(agent);
      const begun = state.sql("SELECT 1 FROM session_session WHERE id = ?").get(session);
      const first = begun ? undefined : firstWaiting(state, session);
      return first
        ? infoOf(agent, state, {
            ...NOTHING_YET,
            id: session,
            title: first.title,
            created_at: first.at,
            last_at: first.at,
          })
        : infoOf(agent, state, rowOf(state, agent, session));
    },
    list(agent: string | undefined, archived: boolean, limit: number): SessionInfo[] {
      return (agent === undefined ? agents() : [agent])
        .flatMap((one) => {
          const state = agent === undefined ? stateOf(one) : host.stateOf(one);
          return (
            state
              ?.sql(
                "SELECT * FROM session_session WHERE archived = ? AND entries > 0 ORDER BY pinned DESC, last_at DESC LIMIT ?",
              )
              .all(archived ? 1 : 0, limit)
              .map((row) => infoOf(one, state, row)) ?? []
          );
        })
        .sort((a, b) => Number(b.pinned) - Number(a.pinned) || (a.last_at < b.last_at ? 1 : -1))
        .slice(0, limit);
    },
    change(
      agent: string,
      session: string,
      {
        title,
        pinned,
        archived,
      }: { title?: string | undefined; pinned?: boolean | undefined; archived?: boolean | undefined },
    ): void {
      const state = host.stateOf(agent);
      const row = rowOf(state, agent, session);
      state
        .sql("UPDATE session_session SET title = ?, pinned = ?, archived = ? WHERE id = ?")
        .run(
          title ?? String(row.title),
          Number(pinned ?? row.pinned === 1),
          Number(archived ?? row.archived === 1),
          session,
        );
    },
    /** A copy of a conversation up to an entry, as one of its own. */
    branch(agent: string, session: string, upto: number): string {
      const state = host.stateOf(agent);
      const { title } = rowOf(state, agent, session);
      const branch = `${session.slice(0, 90)}.${randomUUID()}`;
      const at = new Date(host.now()).toISOString();
      const titles = state.sql("SELECT title FROM session_session").all();
      const taken = new Set(titles.map((row) => String(row.title)));
      state.transaction(() => {
        state
          .sql(
            "INSERT INTO session_entry SELECT ?, n, at, kind, turn, key, tainted, tokens, usage, covers, receipts, message, 0, completions, opened FROM session_entry WHERE session = ? AND n <= ? AND superseded = 0",
          )
          .run(branch, session, upto);
        state
          .sql(
            "INSERT INTO session_session SELECT ?, ?, ?, ?, coalesce(max(n), 0), 0, 0, coalesce(max(covers), 0), NULL, coalesce(max(n), 0) - count(*) FROM session_entry WHERE session = ?",
          )
          .run(branch, titleOfBranch(String(title), taken), at, at, branch);
        indexLater(state, branch);
      });
      return branch;
    },
  };
}
export type SessionList = ReturnType<typeof createList>;
