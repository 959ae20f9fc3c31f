import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "#contract";

const FILES = ["manifest.json", "prompt.md", "doktrin.md", "doctrine.md"] as const;
const FILE_MAX_BYTES = 262_144;
const MESSAGES_MAX = 500;

/** What the owner has said in a conversation: as it came into the inbox, and in the middle of turns. */
export function ownerTexts(state: Database, session: string | null): string[] {
  return [...receivedTexts(state, session), ...(session === null ? [] : saidTexts(state, session))];
}

const saidTexts = (state: Database, session: string): string[] =>
  state
    .sql(`SELECT text FROM turn_said WHERE session = ? ORDER BY id DESC LIMIT ${MESSAGES_MAX}`)
    .all(session)
    .map(({ text }) => String(text));

/** Keeps what the owner said in the middle of a turn, for the turns that follow in the same conversation. */
export function keepSaid(state: Database, session: string, text: string): void {
  state.transaction(() => {
    state.sql("INSERT OR IGNORE INTO turn_said (session, text) VALUES (?, ?)").run(session, text);
    state
      .sql(
        "DELETE FROM turn_said WHERE session = ?1 AND id <= (SELECT id FROM turn_said WHERE session = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
      )
      .run(session, MESSAGES_MAX);
  });
}

export const forgetSaid = (state: Database, session: string): void =>
  void state.sql("DELETE FROM turn_said WHERE session = ?").run(session);

function receivedTexts(state: Database, session: string | null): string[] {
  const where = session === null ? "session IS NULL" : "session = ?";
  const values = session === null ? [] : [session];
  return state
    .sql(
      `SELECT payload FROM inbox WHERE ${where} AND source LIKE '{"kind":"owner"%' ORDER BY rowid DESC LIMIT ${MESSAGES_MAX}`,
    )
    .all(...values)
    .map((row) => textsOf(JSON.parse(String(row.payload))).join("\n"));
}

/** What the owner wrote into the agent's folder. */
export function configurationTexts(folder: string): string[] {
  return FILES.flatMap((name) => {
    const path = join(folder, name);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    return size > 0 && size <= FILE_MAX_BYTES ? [readFileSync(path, "utf8")] : [];
  });
}

/** Every text inside a value. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
