import { existsSync } from "node:fs";
import { join } from "node:path";
import { openReadOnly } from "./database.ts";

/** The form of the data in a home (`meta.data_format` of `fieldwork.db`); `undefined` where nothing was written yet. */
export function readDataFormat(home: string): number | undefined {
  const path = join(home, "fieldwork.db");
  if (!existsSync(path)) return undefined;
  const db = openReadOnly(path);
  try {
    const row = db.prepare("SELECT value FROM meta WHERE key = 'data_format'").get();
    const format = Number(row?.value);
    return row && Number.isInteger(format) ? format : undefined;
  } catch (error) {
    if (/no such table/.test((error as Error).message)) return undefined;
    throw error;
  } finally {
    db.close();
  }
}
