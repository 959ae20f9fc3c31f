import type { DatabaseSync } from "node:sqlite";
import { tokenize } from "../language/tokens.ts";
import { DAY_MS, type Span } from "../time/expression.ts";
import { candidates, type Filter } from "./candidates.ts";
import { type Matched, passageReader } from "./passage.ts";
import { type Query, understand } from "./query.ts";
import { neighbours, type Ranked, rank } from "./rank.ts";
import { storedVocabulary, type Vocabulary } from "./vocabulary.ts";
import { FLOOR } from "./weights.ts";
import { whyFound } from "./why.ts";

export interface Search extends Filter {
  readonly query: string;
  readonly k: number;
  /** Milliseconds since 1970, as all times here. */
  readonly now: number;
  readonly asOf?: number | undefined;
}

export interface Found {
  readonly id: number;
  readonly score: number;
  readonly why: readonly string[];
}

/** The memories that answer a query, best first; nothing below the floor. */
export function search(db: DatabaseSync, { query: text, k, now, asOf, ...filter }: Search): Found[] {
  const vocabulary = storedVocabulary(db);
  if (vocabulary.texts === 0) return [];
  const query = understand(text, vocabulary, now);
  if (query.sought.length === 0 && query.time === undefined) return [];
  const reader = passageReader(db, query.sought);
  const stands = (one: Matched): boolean =>
    (filter.wing === undefined || one.wing === filter.wing) &&
    (filter.kind === undefined || one.kind === filter.kind) &&
    (asOf === undefined || ((one.valid_from ?? one.at) <= asOf && (one.valid_to === null || one.valid_to > asOf)));

  const found = reader.read(candidates(db, query, filter, vocabulary.texts));
  const all = [...found, ...neighbours(found, query, reader)];
  let ranked = rank(all, query, query.time?.span, vocabulary.meanLength);
  const span = spanAfter(query, ranked);
  if (span) {
    const inSpan = reader.read(candidates(db, { ...query, sought: [], time: { span, said: new Set() } }, filter, vocabulary.texts));
    const known = new Set(all.map(({ id }) => id));
    all.push(...inSpan.filter(({ id }) => !known.has(id)));
    ranked = rank(all, query, span, vocabulary.meanLength);
  }
  return ranked
    .filter(({ passage, score }) => score >= FLOOR && stands(passage))
    .slice(0, k)
    .map((one) => ({ id: one.passage.id, score: round(one.score), why: whyFound(one, query) }));
}

const round = (score: number): number => Math.round(score * 1000) / 1000;

/** `two weeks after the trip`: the stretch of time around the moment at that distance from what fits best. */
function spanAfter({ time }: Query, ranked: readonly Ranked[]): Span | undefined {
  const anchor = ranked[0]?.passage;
  if (time?.offset === undefined || !anchor) return undefined;
  const slack = Math.max(DAY_MS, Math.abs(time.offset) / 3);
  const moment = (anchor.about_from ?? anchor.at) + time.offset;
  return { from: moment - slack, to: moment + slack };
}
