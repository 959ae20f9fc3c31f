import { type Database, FieldworkError } from "#contract";

/** Messages of one module that wait, run or are on their way. */
const OPEN_MAX_OF_MODULE = 10_000;

/** Which mail is not done: by message as this process knows it, and by module on the disk, so that a restart looks only there. */
export interface OpenMail {
  /** The module may have mail that is not done. Resolves when this is on the disk. */
  mark(module: string): Promise<void>;
  /** Those marked. */
  modules(): readonly string[];
  begin(module: string, id: string): void;
  end(module: string, id: string): void;
  has(module: string, id: string): boolean;
  /** @throws FieldworkError `rate_limited` */
  refuseWhenFull(module: string): void;
  /** Some mail of the module is left for the next start. */
  leave(module: string): void;
  /** Takes the mark away where nothing is open. */
  unmarkIfDone(module: string): void;
  close(): void;
}

export function createOpenMail(db: Database): OpenMail {
  const marked = new Map<string, Promise<void>>(
    db
      .sql("SELECT module FROM open_mail")
      .all()
      .map((row) => [String(row.module), Promise.resolve()]),
  );
  const open = new Map<string, Set<string>>();
  const left = new Set<string>();

  const unmarkIfDone = (module: string): void => {
    if (open.has(module)) return;
    marked.delete(module);
    db.sql("DELETE FROM open_mail WHERE module = ?").run(module);
  };

  return {
    mark(module) {
      const known = marked.get(module);
      if (known) return known;
      db.sql("INSERT OR IGNORE INTO open_mail VALUES (?)").run(module);
      const durable = db.durable();
      marked.set(module, durable);
      durable.catch(() => marked.delete(module));
      return durable;
    },
    modules: () => [...marked.keys()],
    begin(module, id) {
      open.getOrInsertComputed(module, () => new Set()).add(id);
    },
    end(module, id) {
      const ids = open.get(module);
      ids?.delete(id);
      if (ids?.size === 0) open.delete(module);
    },
    has: (module, id) => open.get(module)?.has(id) ?? false,
    refuseWhenFull(module) {
      const count = open.get(module)?.size ?? 0;
      if (count < OPEN_MAX_OF_MODULE) return;
      throw new FieldworkError("rate_limited", `${count} messages wait for ${module} already.`, {
        details: { retry_after_ms: 1000 },
      });
    },
    leave(module) {
      left.add(module);
    },
    unmarkIfDone,
    close() {
      for (const module of [...marked.keys()]) if (!left.has(module)) unmarkIfDone(module);
    },
  };
}
