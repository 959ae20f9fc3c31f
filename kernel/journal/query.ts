import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { type EventFilter, SEQ_RANGE } from "./table.ts";

/** A question about the journal that may have to look at many rows. */
export interface JournalQuery extends EventFilter {
  readonly after: number;
  /** Only events with a smaller sequence number. */
  readonly before?: number | undefined;
  readonly limit: number;
  readonly newest: boolean;
  /** A module that acts in it or that it is about. */
  readonly agent?: string | undefined;
  readonly session?: string | undefined;
  /** Milliseconds since 1970; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** In lower case; all must stand in what the event says. */
  readonly words?: readonly string[] | undefined;
}

/** A row as it is stored. */
export type StoredRow = Readonly<Record<string, SQLInputValue>>;

export interface Page {
  /** Oldest first. */
  readonly rows: readonly StoredRow[];
  /** There may be more beyond the last row looked at. */
  readonly more: boolean;
  /** How many rows were looked at, and the number of the last one; 0 where there was none. */
  readonly looked: number;
  readonly last: number;
}

/** What a page carries at most; a longer one ends early, and the next page goes on from there. */
const PAGE_MAX_CHARS = 524_288;
/** In so many rows, and for so long, words are sought for one page. */
const SOUGHT_MAX = 50_000;
const SOUGHT_MAX_MS = 400;

/** Answers from the indexes: by trace, by what an event is about, by kind, or by number. */
export function readPage(db: DatabaseSync, query: JournalQuery): Page {
  const { after, limit, newest, trace, kind, actor, agent, session, from, to, words = [] } = query;
  const called = kind === "capability.called";
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const where = (text: string, ...given: SQLInputValue[]) => {
    conditions.push(text);
    values.push(...given);
  };
  const listed = [
    ...(session === undefined ? [] : [`s:${session}`]),
    ...(agent === undefined || called ? [] : [`a:${agent}`]),
  ];
  const [driving, other] = listed;
  const source = driving === undefined ? "events e" : "event_about a CROSS JOIN events e ON e.seq = a.seq";
  const seq = driving === undefined ? "e.seq" : "a.seq";
  if (driving !== undefined) where("a.about = ?", driving);
  where(`${seq} > ?`, Math.max(after, from === undefined ? 0 : lastBefore(db, from)));
  const end = Math.min(
    query.before ?? Number.MAX_SAFE_INTEGER,
    to === undefined ? Number.MAX_SAFE_INTEGER : lastBefore(db, to) + 1,
  );
  where(`${seq} < ?`, end);
  if (other !== undefined)
    where("EXISTS (SELECT 1 FROM event_about b WHERE b.about = ? AND b.seq = a.seq)", other);
  if (agent !== undefined && called) where("e.actor = ?", agent);
  if (trace !== undefined) where("e.trace = ?", trace);
  if (actor !== undefined) where("e.actor = ?", actor);
  if (kind?.endsWith(".*")) where("e.kind >= ? AND e.kind < ?", kind.slice(0, -1), `${kind.slice(0, -2)}/`);
  else if (kind !== undefined) where("e.kind = ?", kind);
  const rows: StoredRow[] = [];
  let chars = 0;
  let more = false;
  let looked = 0;
  let last = 0;
  const until = performance.now() + SOUGHT_MAX_MS;
  const text = `SELECT e.* FROM ${source} WHERE ${conditions.join(" AND ")} ORDER BY ${seq} ${newest ? "DESC" : "ASC"} LIMIT ?`;
  for (const row of db.prepare(text).iterate(...values, words.length > 0 ? SOUGHT_MAX : limit + 1)) {
    const fits = words.length === 0 || says(row as StoredRow, words);
    if (fits) {
      chars += String(row.data).length;
      more = rows.length === limit || (rows.length > 0 && chars > PAGE_MAX_CHARS);
      if (more) break;
      rows.push(row as StoredRow);
    }
    looked++;
    last = Number(row.seq);
    more = words.length > 0 && (looked === SOUGHT_MAX || performance.now() > until);
    if (more) break;
  }
  return { rows: newest ? rows.reverse() : rows, more, looked, last };
}

/** Whether all words stand in what an event says. */
function says({ seq, kind, actor, subject, data }: StoredRow, words: readonly string[]): boolean {
  const failed = String(data).includes('"ok":false') ? "failed" : "";
  const text = `${seq} ${kind} ${actor} ${subject ?? ""} ${failed} ${data}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The number of the last event before a time; events are numbered in the order of their times. */
function lastBefore(db: DatabaseSync, at: number): number {
  const range = db.prepare(SEQ_RANGE).get();
  let low = Number(range?.first ?? 1) - 1;
  let high = Number(range?.last ?? 0);
  const timeOf = db.prepare("SELECT at FROM events WHERE seq = ?");
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (Number(timeOf.get(middle)?.at) < at) low = middle;
    else high = middle - 1;
  }
  return low;
}
