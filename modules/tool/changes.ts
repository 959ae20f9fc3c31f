import { hash } from "node:crypto";
import type { Database, Migration, Row } from "#contract";

const CHANGES_MAX = 200;
const CHANGES_MAX_BYTES = 16 * 1024 * 1024;
/** A larger file is changed without a copy of what it was. */
export const UNDO_MAX_BYTES = 2 * 1024 * 1024;
const WRITTEN_MAX = 10_000;

export const stateMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `
CREATE TABLE tool_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, tool TEXT NOT NULL, kind TEXT NOT NULL, path TEXT NOT NULL, moved_to TEXT,
  before BLOB, after TEXT, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE tool_written (hash TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX tool_written_n ON tool_written (n);
`,
  },
  // What is the agent's own is kept by the module of files, for all who read them.
  { version: 2, sql: "DROP TABLE tool_written;" },
];

/** A change of one path, with what it takes to take it back. */
export type Change = {
  readonly id: number;
  readonly at: number;
  readonly tool: string;
  readonly path: string;
} & (
  | {
      readonly kind: "content";
      /** `null`: there was no file. */
      readonly before: Uint8Array | null;
      /** The hash of what was written; `null`: the file was deleted. */
      readonly after: string | null;
    }
  | { readonly kind: "move"; readonly movedTo: string }
);
type Unnumbered<T> = T extends unknown ? Omit<T, "id" | "at"> : never;
export type NewChange = Unnumbered<Change>;

/** What an agent's file tools did, in its own database: the last changes, to be undone, and which texts are its own
 * (`file_own`, which the module of files keeps beside it). */
export interface Changes {
  /** Kept before it happens; {@link drop} it when it did not. */
  add(change: NewChange): number;
  drop(id: number): void;
  /** The newest first. */
  newest(path: string | undefined, most: number): readonly Change[];
  /** The agent wrote this text itself while nothing from outside had been read. */
  own(content: Uint8Array): void;
  isOwn(content: Uint8Array): boolean;
}

export const contentHash = (content: Uint8Array): string => hash("sha256", content);

export function openChanges(db: Database, now: () => number): Changes {
  return {
    add: (change) =>
      db.transaction(() => {
        const content = change.kind === "content";
        const before = content ? change.before : null;
        db.sql(
          "INSERT INTO tool_change (at, tool, kind, path, moved_to, before, after, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ).run(
          now(),
          change.tool,
          change.kind,
          change.path,
          content ? null : change.movedTo,
          before,
          content ? change.after : null,
          before?.length ?? 0,
        );
        const id = Number(db.sql("SELECT last_insert_rowid() AS id").get()?.id);
        prune(db, id);
        return id;
      }),
    drop: (id) => void db.sql("DELETE FROM tool_change WHERE id = ?").run(id),
    newest: (path, most) =>
      (path === undefined
        ? db.sql("SELECT * FROM tool_change ORDER BY id DESC LIMIT ?").all(most)
        : db
            .sql("SELECT * FROM tool_change WHERE path = ?1 OR moved_to = ?1 ORDER BY id DESC LIMIT ?2")
            .all(path, most)
      ).map(toChange),
    own(content) {
      db.transaction(() => {
        db.sql(
          "INSERT INTO file_own VALUES (?, (SELECT coalesce(max(n), 0) + 1 FROM file_own)) ON CONFLICT (mark) DO UPDATE SET n = excluded.n",
        ).run(contentHash(content));
        db.sql("DELETE FROM file_own WHERE n <= (SELECT max(n) FROM file_own) - ?").run(WRITTEN_MAX);
      });
    },
    isOwn: (content) =>
      content.length === 0 ||
      db.sql("SELECT 1 FROM file_own WHERE mark = ?").get(contentHash(content)) !== undefined,
  };
}

/** The newest stay, as many as there is room for. */
function prune(db: Database, newest: number): void {
  db.sql("DELETE FROM tool_change WHERE id <= ?").run(newest - CHANGES_MAX);
  let bytes = 0;
  for (const row of db.sql("SELECT id, bytes FROM tool_change ORDER BY id DESC").all()) {
    bytes += Number(row.bytes);
    if (bytes <= CHANGES_MAX_BYTES) continue;
    db.sql("DELETE FROM tool_change WHERE id <= ?").run(Number(row.id));
    return;
  }
}

function toChange(row: Row): Change {
  const { id, at } = { id: Number(row.id), at: Number(row.at) };
  const common = { id, at, tool: String(row.tool), path: String(row.path) };
  return row.kind === "move"
    ? { ...common, kind: "move", movedTo: String(row.moved_to) }
    : {
        ...common,
        kind: "content",
        before: row.before as Uint8Array | null,
        after: row.after as string | null,
      };
}
