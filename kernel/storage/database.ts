import { closeSync, existsSync, fdatasync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import {
  type Database,
  FieldworkError,
  type Migration,
  type Row,
  type SqlValue,
  type Statement,
  toErrorData,
} from "#contract";
import { migrate } from "./migrations.ts";

const STATEMENT_CACHE = 256;

export interface OpenDatabase extends Database {
  /** The file was made by this call. */
  readonly created: boolean;
  /** Several statements at once, uncached. */
  exec(text: string): void;
  close(): void;
}

export interface DatabaseOptions {
  readonly migrations?: readonly Migration[];
  /** Several ladders in one file, each by the name of its owner. */
  readonly ladders?: Readonly<Record<string, readonly Migration[]>>;
  /** Called before an existing file is migrated, with its path, when the file alone holds all of it: the place to copy it. */
  readonly beforeMigration?: ((path: string) => void) | undefined;
  /** Told of every commit, with the path: for the checkpointer. */
  readonly wrote?: ((path: string) => void) | undefined;
}

/**
 * Opens a SQLite file as its only writer: WAL, `synchronous=NORMAL`. A commit is safe against the death of the process at
 * once; {@link Database.durable} makes it safe against the loss of power, without blocking: it waits for an `fdatasync` of the
 * write-ahead log, shared by all who ask at the same time. Checkpoints are made elsewhere (see `checkpointer.ts`), so a
 * commit never waits for the disk. What is deleted is overwritten.
 * @throws FieldworkError `home_invalid` when the file is not a sound database.
 */
export function openDatabase(path: string, options: DatabaseOptions = {}): OpenDatabase {
  const created = !existsSync(path);
  let opened: DatabaseSync | undefined;
  try {
    opened = new DatabaseSync(path, { timeout: 5000 });
    opened.exec(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA cache_size=-2000",
    );
  } catch (error) {
    opened?.close();
    throw damaged(path, error);
  }
  const db = opened;
  const wrote = () => options.wrote?.(path);
  const statements = new Map<string, Statement>();
  let depth = 0;

  const sql = (text: string): Statement => {
    const known = statements.get(text);
    if (known) return known;
    const made = wrap(db.prepare(text), () => {
      if (!db.isTransaction) wrote();
    });
    if (statements.size >= STATEMENT_CACHE) statements.delete(statements.keys().next().value as string);
    statements.set(text, made);
    return made;
  };

  const transaction = <T>(body: () => T): T => {
    if (depth > 0) return body();
    sql("BEGIN IMMEDIATE").run();
    depth++;
    try {
      const result = body();
      sql("COMMIT").run();
      wrote();
      return result;
    } catch (error) {
      if (db.isTransaction) sql("ROLLBACK").run();
      throw error;
    } finally {
      depth--;
    }
  };

  const syncer = createSyncer(`${path}-wal`);
  const database: OpenDatabase = {
    path,
    created,
    sql,
    exec: (text) => db.exec(text),
    transaction,
    durable: syncer.durable,
    close() {
      statements.clear();
      syncer.close();
      if (db.isOpen) db.close();
    },
  };
  try {
    const ladders = { ...(options.migrations ? { main: options.migrations } : {}), ...options.ladders };
    const { beforeMigration } = options;
    migrate(database, ladders, () => {
      if (created || !beforeMigration) return;
      if (db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy !== 0)
        throw new Error("it is in use by another program");
      beforeMigration(path);
    });
  } catch (error) {
    database.close();
    throw error instanceof FieldworkError ? error : damaged(path, error);
  }
  return database;
}

function wrap(statement: StatementSync, wrote: () => void): Statement {
  return {
    get: (...values: readonly SqlValue[]) => statement.get(...values) as Row | undefined,
    all: (...values: readonly SqlValue[]) => statement.all(...values) as Row[],
    run(...values: readonly SqlValue[]) {
      const changes = Number(statement.run(...values).changes);
      if (changes > 0) wrote();
      return { changes };
    },
  };
}

/** Group commit to the disk: while one sync runs, all who come share the next one. */
function createSyncer(walPath: string): { durable(): Promise<void>; close(): void } {
  let fd: number | undefined;
  let closed = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const sync = () =>
    new Promise<void>((resolve, reject) => {
      // Closing the database has copied the log into the file and synced that.
      if (closed) return resolve();
      try {
        fd ??= openSync(walPath, "r+");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") resolve();
        else reject(error);
        return;
      }
      fdatasync(fd, (error) => (error ? reject(error) : resolve()));
    });

  const begin = (): Promise<void> => {
    running = sync().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    durable() {
      if (!running) return begin();
      next ??= running
        .catch(() => {})
        .then(() => {
          next = undefined;
          return begin();
        });
      return next;
    },
    close() {
      closed = true;
      if (fd !== undefined) {
        const last = fd;
        fd = undefined;
        const close = () => closeSync(last);
        if (running) running.then(close, close);
        else close();
      }
    },
  };
}

function damaged(path: string, cause: unknown): FieldworkError {
  const { code, message: reason } = toErrorData(cause);
  if (code === "storage_failed")
    return new FieldworkError(code, `The database ${path} cannot be opened: ${reason}`, { cause });
  return new FieldworkError("home_invalid", `The database ${path} cannot be opened: ${reason}`, {
    remedy: "Run `fw doctor`; if the file is damaged, bring back the last good copy with `fw restore`.",
    cause,
  });
}
