import type { Database, Hit, Row } from "#contract";
import type { Found } from "../recall/search.ts";
import { idOf, iso, isoOrNull } from "./identity.ts";

const COLUMNS =
  "m.id, content, wing, room, kind, at, valid_from, valid_to, source, tainted, speaker, importance, superseded_by, t.session AS session FROM mind_memory m LEFT JOIN mind_thread t ON t.id = m.thread";

type Shown = Omit<Found, "parts"> & { readonly parts?: Found["parts"] };

/** What was found, with its content, in the same order; what was forgotten meanwhile is left out. */
export function hitsOf(db: Database, found: readonly Shown[]): Hit[] {
  const rows = db
    .sql(`SELECT ${COLUMNS} WHERE m.id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(found.map(({ id }) => id)));
  const byId = new Map(rows.map((row) => [Number(row.id), row]));
  return found.flatMap((one) => {
    const row = byId.get(one.id);
    return row ? [toHit(row, one)] : [];
  });
}

/** Memories by their ids, in this order; what is gone is left out. */
export function memoriesOf(db: Database, ids: readonly number[]): Hit[] {
  return hitsOf(
    db,
    ids.map((id) => ({ id, score: 1, why: [] })),
  );
}

const text = (value: unknown): string | null => (value === null ? null : String(value));

const toHit = (row: Row, { score, why, parts }: Shown): Hit => ({
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
  importance: Number(row.importance),
  superseded_by: row.superseded_by === null ? null : idOf("memory", row.superseded_by),
  ...(parts === undefined ? {} : { parts }),
});
