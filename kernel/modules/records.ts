import type { Database, JsonObject, Migration } from "#contract";
import type { Policy } from "../counter/index.ts";

export const moduleMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: `CREATE TABLE modules (
  id TEXT PRIMARY KEY, enabled INTEGER NOT NULL, asked TEXT NOT NULL, config TEXT NOT NULL, approved_at TEXT NOT NULL) WITHOUT ROWID;
`,
  },
];

/** What the owner changed of a module's limits and policy. */
export interface ModuleConfig {
  readonly memory_max_mb?: number | undefined;
  readonly timeout_call_ms?: number | undefined;
  readonly fuel_per_call?: number | undefined;
  readonly policy?: Readonly<Record<string, Policy | undefined>> | undefined;
  /** The tools in its prompt; null: those its manifest declares. */
  readonly tools?: readonly string[] | null | undefined;
}

/** What the owner decided about a module: a row here is the leave to run. */
export interface ModuleRecord {
  readonly id: string;
  readonly enabled: boolean;
  /** The grants it asked for when it was approved; more than these is asked for anew. */
  readonly asked: readonly string[];
  readonly config: ModuleConfig;
}

export interface ModuleRecords {
  get(id: string): ModuleRecord | undefined;
  put(record: ModuleRecord): void;
  delete(id: string): void;
}

export function createModuleRecords(db: Database, now: () => number): ModuleRecords {
  const held = new Map<string, ModuleRecord>();
  for (const row of db.sql("SELECT * FROM modules").all()) {
    held.set(String(row.id), {
      id: String(row.id),
      enabled: row.enabled === 1,
      asked: JSON.parse(String(row.asked)) as string[],
      config: JSON.parse(String(row.config)) as JsonObject as ModuleConfig,
    });
  }
  return {
    get: (id) => held.get(id),
    put(record) {
      db.sql(
        "INSERT INTO modules VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled, asked = excluded.asked, config = excluded.config",
      ).run(
        record.id,
        record.enabled ? 1 : 0,
        JSON.stringify(record.asked),
        JSON.stringify(record.config),
        new Date(now()).toISOString(),
      );
      held.set(record.id, record);
    },
    delete(id) {
      db.sql("DELETE FROM modules WHERE id = ?").run(id);
      held.delete(id);
    },
  };
}
