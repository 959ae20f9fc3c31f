import { type Database, FieldworkError, type JsonValue, type Migration } from "#contract";

export const stateMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE flowork_interactions (
  id INTEGER PRIMARY KEY, channel TEXT NOT NULL, direction TEXT NOT NULL, actor TEXT NOT NULL, content TEXT NOT NULL, metadata TEXT NOT NULL,
  occurred_at TEXT NOT NULL);
CREATE TABLE flowork_decisions (
  id INTEGER PRIMARY KEY, decision_type TEXT NOT NULL, rationale TEXT NOT NULL, outcome TEXT NOT NULL, inputs TEXT NOT NULL,
  ref_interaction_id TEXT NOT NULL, decided_at TEXT NOT NULL);
CREATE TABLE flowork_karma (key TEXT PRIMARY KEY, value REAL NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
`,
  },
];

/** The oldest interactions and decisions beyond this many are dropped. */
const KEEP = 10_000;
const KARMA_KEYS_MAX = 10_000;

export interface Interaction {
  readonly channel: string;
  readonly direction: "in" | "out";
  readonly actor: string;
  readonly content: string;
  readonly metadata?: JsonValue | undefined;
}

export function addInteraction(db: Database, one: Interaction, now: number): number {
  return insert(db, "flowork_interactions", "channel, direction, actor, content, metadata, occurred_at", [
    one.channel,
    one.direction,
    one.actor,
    one.content,
    JSON.stringify(one.metadata ?? null),
    new Date(now).toISOString(),
  ]);
}

export interface Decision {
  readonly decision_type: string;
  readonly rationale: string;
  readonly outcome: string;
  readonly inputs?: JsonValue | undefined;
  readonly ref_interaction_id?: JsonValue | undefined;
}

export function addDecision(db: Database, one: Decision, now: number): number {
  return insert(
    db,
    "flowork_decisions",
    "decision_type, rationale, outcome, inputs, ref_interaction_id, decided_at",
    [
      one.decision_type,
      one.rationale,
      one.outcome,
      JSON.stringify(one.inputs ?? null),
      JSON.stringify(one.ref_interaction_id ?? null),
      new Date(now).toISOString(),
    ],
  );
}

function insert(db: Database, table: string, columns: string, values: readonly string[]): number {
  return db.transaction(() => {
    const marks = values.map(() => "?").join(", ");
    db.sql(`INSERT INTO ${table} (${columns}) VALUES (${marks})`).run(...values);
    const id = Number(db.sql("SELECT last_insert_rowid() AS id").get()?.id);
    db.sql(`DELETE FROM ${table} WHERE id <= ?`).run(id - KEEP);
    return id;
  });
}

/** `increment` adds; `average` keeps the mean of all values given so far. */
export function updateKarma(db: Database, op: "increment" | "average", key: string, value: number): number {
  return db.transaction(() => {
    const row = db.sql("SELECT value, count FROM flowork_karma WHERE key = ?").get(key);
    const before = Number(row?.value ?? 0);
    const count = Number(row?.count ?? 0) + 1;
    if (!row && Number(db.sql("SELECT count(*) AS n FROM flowork_karma").get()?.n) >= KARMA_KEYS_MAX)
      throw new FieldworkError("too_large", `There are ${KARMA_KEYS_MAX} karma keys already.`);
    const current = op === "increment" ? before + value : before + (value - before) / count;
    db.sql(
      "INSERT INTO flowork_karma VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, count = excluded.count",
    ).run(key, current, count);
    return current;
  });
}

export interface InteractionQuery {
  readonly limit: number;
  readonly channel: string;
  readonly actor: string;
}

/** Newest first; an empty channel or actor means any. */
export function interactions(db: Database, { limit, channel, actor }: InteractionQuery) {
  return db
    .sql(
      "SELECT * FROM flowork_interactions WHERE (?1 = '' OR channel = ?1) AND (?2 = '' OR actor = ?2) ORDER BY id DESC LIMIT ?3",
    )
    .all(channel, actor, limit)
    .map((row) => ({ ...row, metadata: JSON.parse(String(row.metadata)) as JsonValue }));
}
