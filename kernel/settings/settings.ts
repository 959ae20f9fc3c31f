import { z } from "zod";
import {
  ACTIONS,
  type Database,
  describeIssue,
  FieldworkError,
  type JsonObject,
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

/** A setting with all that a form for it is drawn from. */
export interface ListedSetting {
  readonly key: string;
  readonly value: JsonValue;
  readonly default: JsonValue;
  readonly summary: string;
  readonly group: string;
  readonly group_title: string;
  readonly unit: string | null;
  readonly restart: boolean;
  /** JSON Schema, draft 2020-12. */
  readonly schema: JsonObject;
  /** The owner has set it. */
  readonly changed: boolean;
}

/** The headings of the groups, which are what stands before the dot in a key. */
const GROUP_TITLES: Readonly<Record<string, string>> = {
  approvals: "Approvals",
  budget: "Budgets",
  exec: "Programs",
  file: "Files",
  flowork: "Flowork modules",
  gateway: "Model gateway",
  http: "Network",
  journal: "Journal",
  limits: "Limits of modules",
  mind: "Memory",
  policy: "Approval policy",
  sandbox: "Sandbox",
  session: "Conversations",
  store: "Storage of agents",
  tool: "Tools",
  trash: "Trash",
};

const titleOf = (group: string): string =>
  GROUP_TITLES[group] ?? `${group.charAt(0).toUpperCase()}${group.slice(1)}`;

/** Settings by key, each declared with its schema and default; a change is in force at once. */
export interface Settings {
  declare(settings: readonly Setting[]): void;
  get<T extends JsonValue = JsonValue>(key: string): T;
  /** @throws FieldworkError `not_found`, `invalid_input`. */
  set(key: string, value: JsonValue): void;
  list(): ListedSetting[];
  onChange(key: string, changed: (value: JsonValue) => void): () => void;
}

export function createSettings(db: Database, now: () => number): Settings {
  const declared = new Map<string, Setting>();
  const values = new Map<string, JsonValue>();
  const stored = new Set<string>();
  const forms = new Map<string, JsonObject>();
  const formOf = (key: string, schema: Setting["schema"]): JsonObject =>
    forms.getOrInsertComputed(
      key,
      () => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonObject,
    );
  const listeners = new Map<string, Set<(value: JsonValue) => void>>();

  const declaration = (key: string): Setting => {
    const found = declared.get(key);
    if (!found)
      throw new FieldworkError("not_found", `There is no setting ${key}.`, {
        remedy: "Look which there are.",
        action: ACTIONS.see_settings(),
      });
    return found;
  };

  return {
    declare(settings) {
      for (const setting of settings) {
        if (declared.has(setting.key)) throw new Error(`the setting ${setting.key} is declared twice`);
        declared.set(setting.key, setting);
        const row = db.sql("SELECT value FROM settings WHERE key = ?").get(setting.key);
        const found = row ? setting.schema.safeParse(JSON.parse(String(row.value))) : undefined;
        values.set(setting.key, found?.success ? found.data : setting.initial);
        if (found?.success) stored.add(setting.key);
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
      stored.add(key);
      for (const tell of listeners.get(key) ?? []) tell(parsed.data);
    },
    list: () =>
      [...declared.values()].map(({ key, initial, summary, schema, unit, restart }) => {
        const group = key.split(".", 1)[0] as string;
        return {
          key,
          value: values.get(key) as JsonValue,
          default: initial,
          summary,
          group,
          group_title: titleOf(group),
          unit: unit ?? null,
          restart: restart ?? false,
          schema: formOf(key, schema),
          changed: stored.has(key),
        };
      }),
    onChange(key, changed) {
      const all = listeners.get(key) ?? new Set();
      listeners.set(key, all.add(changed));
      return () => all.delete(changed);
    },
  };
}
