import type { DatabaseSync } from "node:sqlite";
import type { Span } from "../time/expression.ts";
import { holds } from "./holds.ts";
import { filterTerm } from "./marks.ts";
import { prepared } from "./prepared.ts";
import type { Query, Sought } from "./query.ts";

/** Entries of the index one search may read, and of one thing sought. */
const POSTINGS_MOST = 16_000;
const POSTINGS_OF_ONE_MOST = 6000;
const CANDIDATES_MOST = 200;
const OF_TIME_MOST = 100;

export interface Filter {
  readonly wing?: string | undefined;
  readonly kind?: string | undefined;
}

/** Memories that hold any of some terms, the newest first. */
export function holding(db: DatabaseSync, terms: readonly string[], filter: Filter, most: number): number[] {
  const narrow = [
    ...(filter.wing === undefined ? [] : [filterTerm("w", filter.wing)]),
    ...(filter.kind === undefined ? [] : [filterTerm("k", filter.kind)]),
  ];
  const match = [`(${terms.map(holds).join(" OR ")})`, ...narrow.map(holds)].join(" AND ");
  const found = prepared(
    db,
    "SELECT json_group_array(rowid) AS ids FROM (SELECT rowid FROM mind_memory_fts WHERE mind_memory_fts MATCH ? ORDER BY rowid DESC LIMIT ?)",
  ).get(match, most) as { ids: string };
  return JSON.parse(found.ids) as number[];
}

/**
 * The memories that hold most of what is sought, by the index alone, best first. Rare terms are read first; terms that stand nearly
 * everywhere are left to the ranking when the rare ones give enough.
 */
export function candidates(
  db: DatabaseSync,
  { sought, time }: Query,
  filter: Filter,
  texts: number,
): number[] {
  const sums = new Map<number, number>();
  let left = POSTINGS_MOST;
  const ordered = sought.filter(({ unknown }) => !unknown).sort((a, b) => rank(a) - rank(b));
  for (const [at, one] of ordered.entries()) {
    if (left <= 0) break;
    // A name that half of all memories are spoken under finds nothing by itself, unless nothing else is asked.
    if (at > 0 && sums.size >= CANDIDATES_MOST && one.texts > Math.max(2000, texts / 3)) continue;
    const most = Math.min(left, POSTINGS_OF_ONE_MOST);
    const strong = [...one.terms].filter(([, share]) => share >= 0.55).map(([term]) => term);
    const weak = [...one.terms].filter(([, share]) => share < 0.55).map(([term]) => term);
    for (const [terms, share] of [
      [strong, 1],
      [weak, 0.4],
    ] as const) {
      if (terms.length === 0) continue;
      const found = holding(db, terms, filter, most);
      left -= found.length;
      for (const id of found) sums.set(id, (sums.get(id) ?? 0) + share * one.weight);
    }
  }
  const best = [...sums]
    .sort((a, b) => b[1] - a[1] || b[0] - a[0])
    .slice(0, CANDIDATES_MOST)
    .map(([id]) => id);
  return time?.span ? [...new Set([...best, ...ofTime(db, time.span)])] : best;
}

/** Names come last: they say who, not what. */
const rank = ({ texts, speaker }: Sought): number => (speaker ? 1e9 : 0) + texts;

/** Memories that were told in a stretch of time or are about it. */
export function ofTime(db: DatabaseSync, { from, to }: Span): number[] {
  const ids = (sql: string) => (prepared(db, sql).all(from, to) as { id: number }[]).map(({ id }) => id);
  return [
    ...ids(`SELECT id FROM mind_memory WHERE at BETWEEN ? AND ? ORDER BY at LIMIT ${OF_TIME_MOST}`),
    ...ids(
      `SELECT id FROM mind_memory WHERE about_from BETWEEN ? AND ? ORDER BY about_from LIMIT ${OF_TIME_MOST}`,
    ),
  ];
}

const YEARS_BACK_MOST = 20;

/** A stretch of every year, in the latest year of which anything is remembered. */
export function latestOf(db: DatabaseSync, span: Span): Span {
  const any = prepared(
    db,
    "SELECT EXISTS (SELECT 1 FROM mind_memory WHERE at BETWEEN ?1 AND ?2) OR EXISTS (SELECT 1 FROM mind_memory WHERE about_from BETWEEN ?1 AND ?2) AS any",
  );
  for (let back = 0; back < YEARS_BACK_MOST; back++) {
    const [from, to] = [yearsBefore(span.from, back), yearsBefore(span.to, back)];
    if ((any.get(from, to) as { any: number }).any === 1) return { from, to };
  }
  return span;
}

function yearsBefore(at: number, years: number): number {
  const date = new Date(at);
  return date.setUTCFullYear(date.getUTCFullYear() - years);
}
