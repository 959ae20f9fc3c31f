import type { Migration } from "#contract";

/**
 * The tables in each module's `state.db`. `bytes` (UTF-8 of key and JSON) stands before the value, so that sums and listings
 * never read the pages of large values; `store_usage` is kept by triggers and therefore right after every rollback.
 */
export const stateMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
      CREATE TABLE store_usage (
        id INTEGER PRIMARY KEY CHECK (id = 1), entries INTEGER NOT NULL, bytes INTEGER NOT NULL
      ) STRICT;
      INSERT INTO store_usage VALUES (1, 0, 0);

      CREATE TABLE store_kv (k TEXT PRIMARY KEY, bytes INTEGER NOT NULL, v TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE store_doc (
        collection TEXT NOT NULL, id TEXT NOT NULL, seq INTEGER NOT NULL, bytes INTEGER NOT NULL,
        updated_at INTEGER NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (collection, id)
      ) STRICT;
      CREATE UNIQUE INDEX store_doc_newest ON store_doc (collection, seq);

      ${counted("store_kv")}
      ${counted("store_doc")}
    `,
  },
  {
    version: 2,
    sql: `
      ALTER TABLE store_kv ADD COLUMN tainted INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE store_doc ADD COLUMN tainted INTEGER NOT NULL DEFAULT 0;
    `,
  },
];

function counted(table: string): string {
  return `
    CREATE TRIGGER ${table}_added AFTER INSERT ON ${table} BEGIN
      UPDATE store_usage SET entries = entries + 1, bytes = bytes + new.bytes;
    END;
    CREATE TRIGGER ${table}_changed AFTER UPDATE OF bytes ON ${table} WHEN old.bytes <> new.bytes BEGIN
      UPDATE store_usage SET bytes = bytes + new.bytes - old.bytes;
    END;
    CREATE TRIGGER ${table}_removed AFTER DELETE ON ${table} BEGIN
      UPDATE store_usage SET entries = entries - 1, bytes = bytes - old.bytes;
    END;`;
}
