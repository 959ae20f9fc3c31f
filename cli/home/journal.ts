import { hash } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { type Event, eventText, FIRST_PREV, type JsonObject } from "#contract";
import { damaged, openReadOnly } from "./database.ts";

export interface Verification {
  readonly ok: boolean;
  /** Events whose place in the chain was proved. */
  readonly events: number;
  /** Sequence number of the first event that is missing or altered. */
  readonly first_bad: number | null;
  readonly problem: string | null;
}

export interface EventFilter {
  readonly trace?: string | undefined;
  /** A kind, or a family: `module.*`. */
  readonly kind?: string | undefined;
}

type StoredEvent = Omit<Event, "data"> & { readonly data: string };

export const journalPath = (home: string): string => join(home, "journal.db");

/**
 * Recomputes the hash chain of `journal.db` straight from the file, without a server. The chain begins at the row of the
 * table `anchor`, the last event that was pruned, or at the first event.
 * @param last  verify the newest events only: this many
 */
export function verifyJournal(home: string, last = Number.POSITIVE_INFINITY): Verification {
  const path = journalPath(home);
  const db = openReadOnly(path);
  let events = 0;
  let seq = 0;
  const bad = (at: number, problem: string): Verification => ({ ok: false, events, first_bad: at, problem });
  try {
    db.exec("BEGIN");
    const start = chainStart(db, last);
    seq = start.seq;
    let prev = start.hash;
    const rows = db.prepare("SELECT * FROM events WHERE seq > ? ORDER BY seq").iterate(seq);
    for (const row of rows as Iterable<StoredEvent>) {
      if (row.seq !== seq + 1) return bad(seq + 1, `event ${seq + 1} is missing`);
      if (row.prev !== prev) return bad(row.seq, `event ${row.seq} does not follow the event before it`);
      if (hash("sha256", eventText(row, row.data)) !== row.hash)
        return bad(row.seq, `event ${row.seq} was altered`);
      seq = row.seq;
      prev = row.hash;
      events++;
    }
    return { ok: true, events, first_bad: null, problem: null };
  } catch (error) {
    return bad(seq + 1, `the file is damaged after event ${seq}: ${(error as Error).message}`);
  } finally {
    db.close();
  }
}

/** The newest events that fit the filter, oldest first. */
export function readJournal(home: string, limit: number, filter: EventFilter): Event[] {
  const path = journalPath(home);
  const db = openReadOnly(path);
  try {
    const { where, values } = conditions(filter);
    const rows = db.prepare(`SELECT * FROM events ${where} ORDER BY seq DESC LIMIT ?`).all(...values, limit);
    return (rows as unknown as StoredEvent[]).reverse().map(toEvent);
  } catch (error) {
    throw damaged(path, error);
  } finally {
    db.close();
  }
}

function chainStart(db: DatabaseSync, last: number): { readonly seq: number; readonly hash: string } {
  const anchor = db.prepare("SELECT seq, hash FROM anchor ORDER BY seq DESC LIMIT 1").get();
  const first = { seq: Number(anchor?.seq ?? 0), hash: String(anchor?.hash ?? FIRST_PREV) };
  if (last === Number.POSITIVE_INFINITY) return first;
  const edge = db
    .prepare(
      "SELECT seq, hash FROM events WHERE seq <= (SELECT max(seq) FROM events) - ? ORDER BY seq DESC LIMIT 1",
    )
    .get(last);
  return edge ? { seq: Number(edge.seq), hash: String(edge.hash) } : first;
}

function conditions({ trace, kind }: EventFilter): { where: string; values: string[] } {
  const parts: string[] = [];
  const values: string[] = [];
  if (trace !== undefined) {
    parts.push("trace = ?");
    values.push(trace);
  }
  if (kind?.endsWith(".*")) {
    parts.push("kind >= ? AND kind < ?");
    values.push(kind.slice(0, -1), `${kind.slice(0, -2)}/`);
  } else if (kind !== undefined) {
    parts.push("kind = ?");
    values.push(kind);
  }
  return { where: parts.length > 0 ? `WHERE ${parts.join(" AND ")}` : "", values };
}

function toEvent(row: StoredEvent): Event {
  return { ...row, data: parseData(row.data) };
}

/** A row that was altered may not parse; it is shown all the same. */
function parseData(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return { unreadable: text };
  }
}
