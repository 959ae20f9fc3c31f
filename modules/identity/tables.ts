import type { Migration } from "#contract";

/**
 * `identity.db`: who is signed in, from which devices, and by which tokens. Every secret value is kept as its SHA-256 (hex) alone.
 * Times are milliseconds since 1970.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE sessions (
  id TEXT PRIMARY KEY, token_sha256 TEXT NOT NULL UNIQUE,
  -- The token that comes next: HMAC of the present one under this salt. The one before holds for a short time.
  next_salt BLOB, next_sha256 TEXT UNIQUE, prior_sha256 TEXT UNIQUE, prior_until INTEGER NOT NULL DEFAULT 0,
  rotated_at INTEGER NOT NULL, via TEXT NOT NULL, user_agent TEXT NOT NULL, address TEXT NOT NULL,
  made_at INTEGER NOT NULL, used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE devices (
  id TEXT PRIMARY KEY, mark_sha256 TEXT NOT NULL UNIQUE, made_at INTEGER NOT NULL, used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE attempts (
  bucket TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE passkeys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, rp_id TEXT NOT NULL, public_key BLOB NOT NULL, counter INTEGER NOT NULL,
  transports TEXT NOT NULL, synced INTEGER NOT NULL, made_at INTEGER NOT NULL, used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (
  id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, value_sha256 TEXT NOT NULL UNIQUE, scopes TEXT NOT NULL, made_by TEXT,
  made_at INTEGER NOT NULL, used_at INTEGER, expires_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`,
  },
];
