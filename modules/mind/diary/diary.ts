import type { Database } from "#contract";
import type { Circumstances } from "../memories/circumstances.ts";
import { idOf, iso } from "../memories/identity.ts";

/** Writes an entry. `day` as `2026-03-14`, the day of `at` where left out; times in milliseconds since 1970. */
export function writeDiary(
  db: Database,
  text: string,
  day: string | undefined,
  at: number,
  { session, tainted }: Circumstances,
): string {
  const row = db
    .sql("INSERT INTO mind_diary (day, text, at, tainted, session) VALUES (?, ?, ?, ?, ?) RETURNING id")
    .get(day ?? iso(at).slice(0, 10), text, at, tainted ? 1 : 0, session ?? null);
  return idOf("diary", row?.id);
}

/** Entries from one day to another, both included; the newest first. */
export function readDiary(db: Database, from: string | undefined, to: string | undefined, limit: number) {
  const rows = db
    .sql("SELECT * FROM mind_diary WHERE day >= ? AND day <= ? ORDER BY day DESC, id DESC LIMIT ?")
    .all(from ?? "", to ?? "9999-99-99", limit);
  return {
    entries: rows.map((row) => ({
      id: idOf("diary", row.id),
      day: String(row.day),
      text: String(row.text),
      at: iso(row.at),
    })),
    tainted: rows.some((row) => row.tainted === 1),
  };
}
