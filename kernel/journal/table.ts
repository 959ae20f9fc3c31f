import type { Database, Event, JsonObject, Row } from "#contract";
import { BACKFILL } from "./about.ts";

export interface EventFilter {
  readonly trace?: string | undefined;
  readonly kind?: string | undefined;
  readonly actor?: string | undefined;
}

/** A row as it was written: its data still text. */
export interface WrittenRow extends Omit<Event, "data"> {
  readonly dataText: string;
}

/** The events; what each is about; and, once the oldest were deleted, the one that the chain then hangs on. */
export const journalMigrations = [
  {
    version: 1,
    sql: `CREATE TABLE events (
  seq INTEGER PRIMARY KEY, at REAL NOT NULL, trace TEXT NOT NULL, span TEXT NOT NULL, parent TEXT, actor TEXT NOT NULL,
  kind TEXT NOT NULL, subject TEXT, data TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL);
CREATE INDEX events_trace ON events (trace);
CREATE INDEX events_kind ON events (kind, seq) WHERE kind <> 'capability.called';
CREATE TABLE anchor (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL);
`,
  },
  {
    version: 2,
    sql: `CREATE TABLE event_about (about TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (about, seq)) WITHOUT ROWID;
${BACKFILL}`,
  },
];

const INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const INSERT_ABOUT = "INSERT INTO event_about VALUES (?, ?)";

/** `first` and `last`. Asked for in one, SQLite would go through the whole table. */
export const SEQ_RANGE =
  "SELECT (SELECT min(seq) FROM events) AS first, (SELECT max(seq) FROM events) AS last";

export function insertEvent(db: Database, row: WrittenRow, about: readonly string[]): void {
  const insertAbout = db.sql(INSERT_ABOUT);
  for (const one of about) insertAbout.run(one, row.seq);
  db.sql(INSERT).run(
    row.seq,
    row.at,
    row.trace,
    row.span,
    row.parent,
    row.actor,
    row.kind,
    row.subject,
    row.dataText,
    row.prev,
    row.hash,
  );
}

export function selectEvents(
  db: Database,
  where: string,
  values: (string | number)[],
  order: "ASC" | "DESC",
  limit: number,
  filter: EventFilter,
): Event[] {
  const conditions = [where];
  for (const column of ["trace", "kind", "actor"] as const) {
    const value = filter[column];
    if (value === undefined) continue;
    const family = column === "kind" && value.endsWith(".*");
    conditions.push(family ? "kind >= ? AND kind < ?" : `${column} = ?`);
    if (family) values.push(value.slice(0, -1), `${value.slice(0, -2)}/`);
    else values.push(value);
  }
  const text = `SELECT * FROM events WHERE ${conditions.join(" AND ")} ORDER BY seq ${order} LIMIT ?`;
  return db
    .sql(text)
    .all(...values, limit)
    .map(toEvent);
}

export function toEvent(row: Row): Event {
  return { ...(row as unknown as Event), data: JSON.parse(String(row.data)) as JsonObject };
}
