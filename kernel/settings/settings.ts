import {
  type Database,
  describeIssue,
  FieldworkError,
  type JsonValue,
  type Migration,
  type Setting,
} from "#contract";

export const settingMigrations: readonly Migration[] = [
  {
    version: 1,
    sql: "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL, changed_at TEXT NOT NULL);\n",
  },
];

/** Settings by key, each declared with its schema and default; a change is in force at once. */
export interface Settings {
  declare(settings: readonly Setting[]): void;
  get<T extends JsonValue = JsonValue>(key: string): T;
  /** @throws FieldworkError `not_found`, `invalid_input`. */
  set(key: string, value: JsonValue): void;
  list(): { key: string; value: JsonValue; default: JsonValue; summary: string }[];
  onChange(key: string, changed: (value: JsonValue) => void): () => void;
}

export function createSettings(db: Database, now: () => number): Settings {
  const declared = new Map<string, Setting>();
  const values = new Map<string, JsonValue>();
  const listeners = new Map<string, Set<(value: JsonValue) => void>>();

  const declaration = (key: string): Setting => {
    const found = declared.get(key);
    if (!found)
      throw new FieldworkError("not_found", `There is no setting ${key}.`, {
        remedy: "List them with `fw setting list`.",
      });
    return found;
  };

  return {
    declare(settings) {
      for (const setting of settings) {
        if (declared.has(setting.key)) throw new Error(`the setting ${setting.key} is declared twice`);
        declared.set(setting.key, setting);
        const row = db.sql("SELECT value FROM settings WHERE key = ?").get(setting.key);
        const stored = row ? setting.schema.safeParse(JSON.parse(String(row.value))) : undefined;
        values.set(setting.key, stored?.success ? stored.data : setting.initial);
      }
    },
    get<T extends JsonValue>(key: string) {
      declaration(key);
      return values.get(key) as T;
    },
    set(key, value) {
      const parsed = declaration(key).schema.safeParse(value);
      if (!parsed.success) {
        throw new FieldworkError(
          "invalid_input",
          `${key}: ${parsed.error.issues.map(describeIssue).join("; ")}`,
        );
      }
      db.sql(
        "INSERT INTO settings VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
      ).run(key, JSON.stringify(parsed.data), new Date(now()).toISOString());
      values.set(key, parsed.data);
      for (const tell of listeners.get(key) ?? []) tell(parsed.data);
    },
    list: () =>
      [...declared.values()].map(({ key, initial, summary }) => ({
        key,
        value: values.get(key) as JsonValue,
        default: initial,
        summary,
      })),
    onChange(key, changed) {
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(changed));
      return () => all.delete(changed);
    },
  };
}
