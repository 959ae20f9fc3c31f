import { lstatSync } from "node:fs";
import { join } from "node:path";
import { FieldworkError, type Migration } from "#contract";
import { type OpenDatabase, openDatabase } from "../storage/index.ts";

const IDLE_MS = 60_000;

/** The private databases of the modules (`state.db`), opened when needed, closed when idle. */
export interface States {
  get(id: string): OpenDatabase;
  /** Closes one, so that its folder can be moved. */
  close(id: string): void;
  closeAll(): void;
}

export interface StatesOptions {
  folderOf(id: string): string;
  readonly ladders: () => Readonly<Record<string, readonly Migration[]>>;
  /** Told of every commit, with the path. */
  readonly wrote?: (path: string) => void;
}

export function createStates(options: StatesOptions): States {
  const open = new Map<string, { readonly db: OpenDatabase; used: number }>();
  let sweep: NodeJS.Timeout | undefined;

  const close = (id: string) => {
    open.get(id)?.db.close();
    open.delete(id);
  };
  const plan = () => {
    sweep ??= setTimeout(() => {
      sweep = undefined;
      const before = performance.now() - IDLE_MS;
      for (const [id, { used }] of open) if (used < before) close(id);
      if (open.size > 0) plan();
    }, IDLE_MS).unref();
  };

  return {
    get(id) {
      const known = open.get(id);
      if (known) {
        known.used = performance.now();
        return known.db;
      }
      const path = join(options.folderOf(id), "state.db");
      if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink())
        throw new FieldworkError("module_invalid", `The state.db of ${id} is a link.`);
      const db = openDatabase(path, {
        ladders: options.ladders(),
        wrote: options.wrote,
      });
      open.set(id, { db, used: performance.now() });
      plan();
      return db;
    },
    close,
    closeAll() {
      clearTimeout(sweep);
      for (const id of [...open.keys()]) close(id);
    },
  };
}
