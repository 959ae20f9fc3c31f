import type { Migration } from "#contract";

/**
 * The mind's tables in an agent's `state.db`.
 *
 * `terms` is a text as the list of its folded tokens, made by `language/tokens.ts`, so the index needs no tokenizer of its own:
 * SQLite's `ascii` splits at the spaces between them and takes every character beyond ASCII as a letter. `@name` stands for a
 * speaker, `^w…` and `^k…` for wing and kind, `^c…` for the kind of a thing it names (`language/kinds.ts`). `detail=none` and `columnsize=0`: the index answers which memories hold a term; ranking is done
 * from `terms`. `secure-delete` removes the terms of a forgotten memory from the index at once.
 *
 * A correction by the owner is a memory of its own that `corrects` the earlier wording and stands in its place.
 *
 * `mind_term` is the vocabulary with the number of memories that hold each term; `mind_gram` finds words by their letters.
 */
export const stateMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE mind_thread (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, session TEXT) STRICT;
CREATE TABLE mind_memory (
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, content TEXT NOT NULL, terms TEXT NOT NULL, length INTEGER NOT NULL,
  wing TEXT, room TEXT, kind TEXT NOT NULL, importance REAL NOT NULL, source TEXT, tainted INTEGER NOT NULL,
  thread INTEGER, position INTEGER, speaker TEXT, asks INTEGER NOT NULL,
  at INTEGER NOT NULL, about_from INTEGER, about_to INTEGER, valid_from INTEGER, valid_to INTEGER, superseded_by INTEGER) STRICT;
CREATE INDEX mind_memory_thread ON mind_memory (thread, position) WHERE thread IS NOT NULL;
CREATE INDEX mind_memory_at ON mind_memory (at);
CREATE INDEX mind_memory_about ON mind_memory (about_from) WHERE about_from IS NOT NULL;
CREATE VIRTUAL TABLE mind_memory_fts USING fts5 (
  terms, content='mind_memory', content_rowid='id', detail=none, columnsize=0, tokenize="ascii tokenchars '@^'");
INSERT INTO mind_memory_fts (mind_memory_fts, rank) VALUES ('secure-delete', 1);
CREATE TABLE mind_term (term TEXT PRIMARY KEY, memories INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mind_gram (gram TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (gram, term)) STRICT, WITHOUT ROWID;
CREATE TABLE mind_count (
  id INTEGER PRIMARY KEY CHECK (id = 1), memories INTEGER NOT NULL, tokens INTEGER NOT NULL, dreamed INTEGER NOT NULL) STRICT;
INSERT INTO mind_count VALUES (1, 0, 0, 0);
CREATE TABLE mind_vector (memory INTEGER PRIMARY KEY, model TEXT NOT NULL, scale REAL NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE mind_insight (
  insight INTEGER NOT NULL, memory INTEGER NOT NULL, PRIMARY KEY (insight, memory)) STRICT, WITHOUT ROWID;
CREATE INDEX mind_insight_memory ON mind_insight (memory);
CREATE TABLE mind_dreamed (key TEXT PRIMARY KEY, insight INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE mind_lesson (
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, situation TEXT NOT NULL, mistake TEXT NOT NULL, better TEXT NOT NULL,
  code TEXT, severity TEXT NOT NULL, karma REAL NOT NULL, hits INTEGER NOT NULL, state TEXT NOT NULL, tainted INTEGER NOT NULL,
  learned_at INTEGER NOT NULL, last_recalled_at INTEGER, terms TEXT NOT NULL) STRICT;

CREATE TABLE mind_fact (
  id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, predicate TEXT NOT NULL, object TEXT NOT NULL,
  subject_key TEXT NOT NULL, predicate_key TEXT NOT NULL, object_key TEXT NOT NULL,
  valid_from INTEGER NOT NULL, valid_to INTEGER, source TEXT, tainted INTEGER NOT NULL) STRICT;
CREATE INDEX mind_fact_subject ON mind_fact (subject_key, predicate_key);
CREATE INDEX mind_fact_object ON mind_fact (object_key);

CREATE TABLE mind_diary (id INTEGER PRIMARY KEY AUTOINCREMENT, day TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, tainted INTEGER NOT NULL) STRICT;
CREATE INDEX mind_diary_day ON mind_diary (day);
CREATE TABLE mind_todo (
  id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, done INTEGER NOT NULL, due_at INTEGER, created_at INTEGER NOT NULL, done_at INTEGER,
  tainted INTEGER NOT NULL) STRICT;
`,
  },
  {
    version: 2,
    sql: `
ALTER TABLE mind_memory ADD COLUMN corrects INTEGER;
CREATE INDEX mind_memory_corrects ON mind_memory (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX mind_memory_superseded ON mind_memory (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX mind_fact_source ON mind_fact (source) WHERE source IS NOT NULL;
CREATE TABLE mind_embedded (model TEXT PRIMARY KEY, upto INTEGER NOT NULL, begun INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE mind_signature (memory INTEGER PRIMARY KEY, model TEXT NOT NULL, signs BLOB NOT NULL) STRICT;
DELETE FROM mind_vector;
CREATE INDEX mind_vector_model ON mind_vector (model);
CREATE INDEX mind_dreamed_insight ON mind_dreamed (insight);
CREATE TABLE mind_lesson_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT, lesson INTEGER NOT NULL, at INTEGER NOT NULL, event TEXT NOT NULL, karma REAL NOT NULL,
  turn TEXT, session TEXT) STRICT;
CREATE INDEX mind_lesson_event_lesson ON mind_lesson_event (lesson);
INSERT INTO mind_lesson_event (lesson, at, event, karma) SELECT id, learned_at, 'learned', karma FROM mind_lesson;
`,
  },
  {
    version: 3,
    // What is kept in a conversation knows it, so that it can be forgotten with it.
    sql: `
ALTER TABLE mind_lesson ADD COLUMN session TEXT;
ALTER TABLE mind_fact ADD COLUMN session TEXT;
ALTER TABLE mind_diary ADD COLUMN session TEXT;
ALTER TABLE mind_todo ADD COLUMN session TEXT;
CREATE TABLE mind_recalled (
  id INTEGER PRIMARY KEY, turn TEXT NOT NULL UNIQUE, session TEXT NOT NULL, tokens INTEGER NOT NULL, budget_tokens INTEGER NOT NULL,
  pieces TEXT NOT NULL) STRICT;
CREATE INDEX mind_recalled_session ON mind_recalled (session);
`,
  },
];
