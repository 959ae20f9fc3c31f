import { setTimeout as sleep } from "node:timers/promises";
import { type Database, FieldworkError, type Host, type Row } from "#contract";
import type { Live } from "./live.ts";
import type { Questions } from "./questions.ts";
import { checkIdle } from "./rewind.ts";
import { gone, unindex } from "./search/index.ts";

const AT_ONCE = 20;
/** How long everybody else is held up at once, milliseconds: to take the words of one entry out of the index may take as long. */
const SLICE_MS = 5;
const TEXTS_MOST = 400;
const TERMS_MOST = 1000;
const TEXT_MOST_CHARS = 2000;
const CHECKPOINT_TRIES = 40;

/**
 * Deletes a conversation for good. What is deleted is overwritten in its place, and the file is then searched for copies that were
 * left behind. What the journal has of it are numbers, names and hashes.
 * @throws FieldworkError `conflict` while a turn runs, `not_found`
 */
export async function remove(
  host: Host,
  parts: { readonly live: Live; readonly questions: Questions },
  {
    agent,
    session,
    thorough,
  }: { readonly agent: string; readonly session: string; readonly thorough: boolean },
): Promise<{ entries: number; messages: number }> {
  const state = () => host.stateOf(agent);
  checkIdle(state(), agent, session);
  parts.questions.withdraw(agent, session);
  parts.live.clear(agent, session);

  const texts: string[] = [];
  const terms = new Set<string>();
  let entries = 0;
  for (;;) {
    const rows = state().transaction(() => {
      const begun = performance.now();
      const taken: Row[] = [];
      for (const row of state()
        .sql(`SELECT n, message FROM session_entry WHERE session = ? ORDER BY n LIMIT ${AT_ONCE}`)
        .all(session)) {
        taken.push(row);
        const n = Number(row.n);
        state().sql("DELETE FROM session_entry WHERE session = ? AND n = ?").run(session, n);
        const indexed = unindex(state(), session, n) ?? "";
        if (indexed !== "" && texts.length < TEXTS_MOST) texts.push(indexed.slice(0, TEXT_MOST_CHARS));
        for (const term of indexed.split(" ")) if (term !== "" && terms.size < TERMS_MOST) terms.add(term);
        if (performance.now() - begun > SLICE_MS) break;
      }
      return taken;
    });
    if (rows.length === 0) break;
    entries += rows.length;
    for (const { message } of rows)
      if (texts.length < TEXTS_MOST) texts.push(String(message).slice(0, TEXT_MOST_CHARS));
    await new Promise((resolve) => setImmediate(resolve));
  }
  texts.push(...gone(state(), terms));
  const known = state().transaction(() => {
    state().sql("DELETE FROM session_addition WHERE session = ?").run(session);
    const title = state().sql("SELECT title FROM session_session WHERE id = ?").get(session)?.title;
    if (title !== undefined) texts.push(String(title));
    return state().sql("DELETE FROM session_session WHERE id = ?").run(session).changes > 0;
  });
  const { forgotten } = (await host.call("message.forget", { to: agent, session })) as { forgotten: number };
  for (const cap of ["blob.release", "mind.cleanse"] as const) {
    const args = cap === "mind.cleanse" ? { agent, session, texts, thorough } : { agent, session };
    await host.call(cap, args).catch((error: FieldworkError) => {
      if (error.code !== "unavailable") throw error;
    });
  }
  await emptyLog(host.database());
  if (!known && forgotten === 0)
    throw new FieldworkError("not_found", `${agent} has no conversation ${session}.`);
  return { entries, messages: forgotten };
}

/** Questions and approvals stood in the kernel's database: nothing of them stays in its write-ahead log. */
async function emptyLog(db: Database): Promise<void> {
  for (let tries = 0; tries < CHECKPOINT_TRIES; tries++) {
    if (db.sql("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0) return;
    await sleep(50);
  }
}
