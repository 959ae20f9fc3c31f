import type { Migration } from "#contract";

/** In each module's `state.db`. */
export const mailMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE inbox (
  id TEXT PRIMARY KEY, function TEXT NOT NULL, session TEXT, source TEXT NOT NULL, trace TEXT NOT NULL, payload TEXT NOT NULL,
  state TEXT NOT NULL, attempts INTEGER NOT NULL, reply TEXT, error TEXT, at TEXT NOT NULL, finished_at TEXT,
  tainted INTEGER NOT NULL, attended INTEGER NOT NULL);
CREATE INDEX inbox_open ON inbox (at) WHERE state IN ('waiting', 'running');
CREATE TABLE outbox (
  id TEXT PRIMARY KEY, target TEXT NOT NULL, function TEXT NOT NULL, payload TEXT NOT NULL, trace TEXT NOT NULL, at TEXT NOT NULL,
  tainted INTEGER NOT NULL);
`,
  },
  {
    version: 2,
    sql: `CREATE INDEX inbox_session ON inbox (session, state);
CREATE INDEX inbox_trace ON inbox (trace);
`,
  },
];

/** In the kernel's own database: which modules have mail that is not done, so that a restart looks only there. */
export const openMailMigrations: readonly Migration[] = [
  { version: 1, sql: "CREATE TABLE open_mail (module TEXT PRIMARY KEY) WITHOUT ROWID;\n" },
];
