import { DATA_FORMAT, FieldworkError, type Migration, VERSION } from "#contract";
import type { OpenDatabase } from "../storage/index.ts";

export const metaMigrations: readonly Migration[] = [
  { version: 1, sql: "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;\n" },
];

/** Refuses data of a newer form, and notes the form that is written from now on. */
export function requireDataFormat(db: OpenDatabase): void {
  const found = Number(db.sql("SELECT value FROM meta WHERE key = 'data_format'").get()?.value ?? 0);
  if (found > DATA_FORMAT) {
    const by = String(db.sql("SELECT value FROM meta WHERE key = 'version'").get()?.value ?? "unknown");
    throw new FieldworkError(
      "home_invalid",
      `The data in this home has form ${found}, written by Fieldwork ${by}; this is ${VERSION}, which knows form ${DATA_FORMAT}.`,
      { remedy: "Start the newer program again, or go back to the data from before with `fw rollback`." },
    );
  }
  const put = db.sql(
    "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
  );
  put.run("data_format", String(DATA_FORMAT));
  put.run("version", VERSION);
}
