import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { DATA_FORMAT, type Database, FieldworkError, type Migration, VERSION } from "#contract";

export const metaMigrations: readonly Migration[] = [
  { version: 1, sql: "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;\n" },
];

/**
 * Looks at the form of existing data before anything is written to them.
 * @throws FieldworkError `home_invalid` for a newer form, and for an older one unless it is to be migrated.
 */
export function checkDataFormat(path: string, migrate: boolean): void {
  const found = readMeta(path);
  if (!found) return;
  const { format, version } = found;
  if (format > DATA_FORMAT) {
    throw new FieldworkError(
      "home_invalid",
      `The data in this home have form ${format}, written by Fieldwork ${version}; this is ${VERSION}, which knows form ${DATA_FORMAT}.`,
      { remedy: "Start the newer program again, or go back to the data from before with `fw rollback`." },
    );
  }
  if (format < DATA_FORMAT && !migrate) {
    throw new FieldworkError(
      "home_invalid",
      `The data in this home have form ${format}; Fieldwork ${VERSION} wants form ${DATA_FORMAT}.`,
      { remedy: "Bring them forward with `fw upgrade`: it works on a copy and can be taken back." },
    );
  }
}

/** Notes the form that is written from now on. */
export function noteDataFormat(db: Database): void {
  const put = db.sql(
    "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
  );
  put.run("data_format", String(DATA_FORMAT));
  put.run("version", VERSION);
}

/** Damage is told by whoever opens the database to use it. */
function readMeta(path: string): { readonly format: number; readonly version: string } | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const db = new DatabaseSync(path, { timeout: 5000 });
    try {
      const get = db.prepare("SELECT value FROM meta WHERE key = ?");
      const format = get.get("data_format")?.value;
      return format === undefined
        ? undefined
        : { format: Number(format), version: String(get.get("version")?.value ?? "unknown") };
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}
