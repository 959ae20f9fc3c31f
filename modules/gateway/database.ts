import type { Migration } from "#contract";

/** `gateway.db`: models, keys of programs, what was used, and what is reserved for calls under way. Days are UTC. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE models (
  name TEXT PRIMARY KEY, dialect TEXT NOT NULL, base_url TEXT NOT NULL, model TEXT NOT NULL, has_key INTEGER NOT NULL,
  detected INTEGER NOT NULL, embeds INTEGER NOT NULL, context_tokens INTEGER,
  input_usd REAL, output_usd REAL, cache_read_usd REAL, cache_write_usd REAL, added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- The candidates in use, separated by commas: of the system ('') or of an agent.
CREATE TABLE chosen (agent TEXT PRIMARY KEY, candidates TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE clients (
  name TEXT PRIMARY KEY, key_sha256 TEXT NOT NULL UNIQUE, made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE usage (
  day TEXT NOT NULL, agent TEXT NOT NULL, model TEXT NOT NULL, calls INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
  cache_read_tokens INTEGER NOT NULL, cache_write_tokens INTEGER NOT NULL, thinking_tokens INTEGER NOT NULL,
  cost_usd REAL NOT NULL,
  PRIMARY KEY (day, agent, model)
) STRICT, WITHOUT ROWID;
CREATE TABLE reservations (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, agent TEXT NOT NULL, model TEXT NOT NULL,
  input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_usd REAL NOT NULL
) STRICT;
CREATE INDEX reservations_agent ON reservations (day, agent);
`,
  },
];
