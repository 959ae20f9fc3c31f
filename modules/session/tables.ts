import type { Migration } from "#contract";

/** In each module's `state.db`: its conversations. Entries are only ever added. */
export const stateMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE session_session (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, created_at TEXT NOT NULL, last_at TEXT NOT NULL, entries INTEGER NOT NULL,
  pinned INTEGER NOT NULL, archived INTEGER NOT NULL, covers INTEGER NOT NULL, stop TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX session_session_last ON session_session (last_at);
CREATE TABLE session_entry (
  session TEXT NOT NULL, n INTEGER NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, turn TEXT, key TEXT, tainted INTEGER NOT NULL,
  tokens INTEGER NOT NULL, usage TEXT, covers INTEGER, receipts TEXT, message TEXT NOT NULL, PRIMARY KEY (session, n)) STRICT;
CREATE INDEX session_entry_turn ON session_entry (session, turn, key) WHERE turn IS NOT NULL;
CREATE INDEX session_entry_summary ON session_entry (session, covers) WHERE kind = 'summary';
CREATE TABLE session_addition (
  id INTEGER PRIMARY KEY, session TEXT NOT NULL, text TEXT NOT NULL, at TEXT NOT NULL, given TEXT) STRICT;
CREATE INDEX session_addition_session ON session_addition (session);
`,
  },
  {
    version: 2,
    // `entries` is the last number given; `superseded` how many numbers up to it are not shown any more.
    sql: `
ALTER TABLE session_session ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_entry ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_entry ADD COLUMN completions TEXT;
ALTER TABLE session_entry ADD COLUMN opened TEXT;
CREATE INDEX session_entry_shown ON session_entry (session, n) WHERE superseded = 0;
`,
  },
  {
    version: 3,
    // Additions go when they are in the log; their keys stay a while longer.
    sql: `
CREATE TABLE session_added (
  id INTEGER PRIMARY KEY, session TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (session, key)) STRICT;
`,
  },
  {
    version: 4,
    // The words said, for the search: `terms` as `search/words.ts` makes them, NULL until they are indexed. A term is there to be
    // found, not to be ranked, and is gone from the index at once with what was said (`secure-delete`).
    sql: `
CREATE TABLE session_said (
  id INTEGER PRIMARY KEY AUTOINCREMENT, session TEXT NOT NULL, n INTEGER NOT NULL, terms TEXT, UNIQUE (session, n)) STRICT;
CREATE INDEX session_said_left ON session_said (id) WHERE terms IS NULL;
CREATE VIRTUAL TABLE session_said_fts USING fts5 (
  terms, content='session_said', content_rowid='id', detail=none, columnsize=0, tokenize='ascii');
INSERT INTO session_said_fts (session_said_fts, rank) VALUES ('secure-delete', 1);
INSERT INTO session_said (session, n)
  SELECT session, n FROM session_entry WHERE kind = 'message' AND superseded = 0 ORDER BY at, session, n;
`,
  },
];

/** In the kernel's database: which modules have conversations, and the questions that wait for a person. */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE session_agent (agent TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE session_question (
  id TEXT PRIMARY KEY, agent TEXT NOT NULL, session TEXT NOT NULL, turn TEXT NOT NULL, question TEXT NOT NULL,
  options TEXT NOT NULL, asked_at TEXT NOT NULL, answer TEXT) STRICT, WITHOUT ROWID;
`,
  },
  {
    version: 2,
    sql: `
ALTER TABLE session_question ADD COLUMN closed_at TEXT;
CREATE INDEX session_question_asked ON session_question (asked_at, id);
`,
  },
];
