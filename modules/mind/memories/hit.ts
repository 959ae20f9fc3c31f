import type { Database, Hit, Row } from "#contract";
import type { Found } from "../recall/search.ts";
import { idOf, iso, isoOrNull } from "./identity.ts";

const COLUMNS =
  "m.id, content, wing, room, kind, at, valid_from, valid_to, source, tainted, speaker, t.session AS session FROM mind_memory m LEFT JOIN mind_thread t ON t.id = m.thread";

/** What was found, with its content, in the same order; what was forgotten meanwhile is left out. */
export function hitsOf(db: Database, found: readonly Found[]): Hit[] {
  const rows = db
    .sql(`SELECT ${COLUMNS} WHERE m.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(found.map(({ id }) => id)));
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  return found.flatMap(({ id, score, why }) => {
    const row = byId.get(id);
    return row ? [toHit(row, score, why)] : [];
  });
}

/** Memories in the order they came, the newest first, before the one with the number `before`. */
export function newest(db: Database, limit: number, before: number | undefined): Hit[] {
  return db
    .sql(`SELECT ${COLUMNS} WHERE m.id < ? ORDER BY m.id DESC LIMIT ?`)
    .all(before ?? Number.MAX_SAFE_INTEGER, limit)
    .map((row) => toHit(row, 1, []));
}

const text = (value: unknown): string | null => (value === null ? null : String(value));

const toHit = (row: Row, score: number, why: readonly string[]): Hit => ({
  id: idOf("memory", row.id),
  content: String(row.content),
  wing: text(row.wing),
  room: text(row.room),
  kind: String(row.kind),
  score,
  why: [...why],
  at: iso(row.at),
  valid_from: isoOrNull(row.valid_from),
  valid_to: isoOrNull(row.valid_to),
  source: text(row.source),
  tainted: row.tainted === 1,
  session: text(row.session),
  speaker: text(row.speaker),
});
