import { type Database, FieldworkError, type Host, type LlmMessage } from "#contract";
import { textOf } from "./title.ts";
import { isWaiting, runningTurn } from "./turns.ts";

/** @throws FieldworkError `conflict` while a message of the conversation is handled or waits for it. */
export function checkIdle(state: Database, agent: string, session: string): void {
  if (!runningTurn(state, session) && !isWaiting(state, session)) return;
  throw new FieldworkError("conflict", `A turn of ${agent} runs in the conversation ${session}.`, {
    remedy: "Wait until it has ended, or stop it first.",
  });
}

/**
 * Takes back all entries after one. They stay in the log, as superseded; what was remembered of their very words goes, since the
 * next turn would recall what was never said.
 * @returns how many were superseded now
 */
export async function rewind(host: Host, agent: string, session: string, to: number): Promise<number> {
  const state = host.stateOf(agent);
  checkIdle(state, agent, session);
  const taken = state.transaction(() => {
    const texts = wordsAfter(state, session, to);
    const { changes } = state
      .sql("UPDATE session_entry SET superseded = 1 WHERE session = ? AND n > ? AND superseded = 0")
      .run(session, to);
    state
      .sql(
        `UPDATE session_session SET superseded = superseded + ?1, covers = coalesce(
           (SELECT max(covers) FROM session_entry WHERE session = ?2 AND kind = 'summary' AND superseded = 0), 0) WHERE id = ?2`,
      )
      .run(changes, session);
    return { changes, texts };
  });
  await state.durable();
  if (taken.texts.length > 0) {
    await host.call("mind.unsay", { agent, session, texts: taken.texts }).catch((error: FieldworkError) => {
      if (error.code !== "unavailable") throw error;
    });
  }
  return taken.changes;
}

const WORDS_MOST = 2000;

/** What users said and what was answered after an entry and, word for word, nowhere before it; by turn also as one text. */
function wordsAfter(state: Database, session: string, to: number): string[] {
  const rows = state
    .sql(
      `SELECT turn, message FROM session_entry WHERE session = ?1 AND n > ?2 AND superseded = 0 AND kind = 'message'
         AND message NOT IN (SELECT message FROM session_entry WHERE session = ?1 AND n <= ?2 AND superseded = 0)
       ORDER BY n LIMIT ${WORDS_MOST}`,
    )
    .all(session, to);
  const answers = new Map<string, string[]>();
  const texts = new Set<string>();
  for (const { turn, message } of rows) {
    const said = JSON.parse(String(message)) as LlmMessage;
    const text = textOf(said);
    if (said.role === "tool" || text.trim() === "") continue;
    texts.add(said.role === "user" ? text : text.trim());
    if (said.role === "assistant" && !callsTools(said))
      answers.getOrInsertComputed(String(turn), () => []).push(text.trim());
  }
  for (const parts of answers.values()) texts.add(parts.join("\n\n"));
  return [...texts];
}

const callsTools = ({ content }: LlmMessage): boolean =>
  typeof content !== "string" && content.some(({ type }) => type === "tool_call");
