import type { DatabaseSync } from "node:sqlite";
import type { Hit } from "#contract";
import { DAY_MS, type Span } from "../time/expression.ts";
import { bridges } from "./bridge.ts";
import { candidates, type Filter, latestOf, ofTime } from "./candidates.ts";
import { type Matched, passageReader } from "./passage.ts";
import { type Query, understand } from "./query.ts";
import { neighbours, type Ranked, rank } from "./rank.ts";
import { storedVocabulary } from "./vocabulary.ts";
import { FLOOR, FLOOR_OF_KNOWN, FLOOR_OF_MANY, MANY, SURE } from "./weights.ts";
import { partsOf, whyFound } from "./why.ts";

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
  /** What the score is made of; see `hit` in the contract. */
  readonly parts: NonNullable<Hit["parts"]>;
}

/** The memories that answer a query, best first; nothing below the floor. `near`: likeness of memories by their vectors, where there are any. */
export function search(
  db: DatabaseSync,
  { query: text, k, now, asOf, ...filter }: Search,
  near: ReadonlyMap<number, number> = new Map(),
): Found[] {
  const vocabulary = storedVocabulary(db);
  if (vocabulary.texts === 0) return [];
  const query = dated(db, understand(text, vocabulary, now));
  if (query.sought.length === 0 && query.time === undefined && near.size === 0) return [];
  const reader = passageReader(db, query.sought);
  const stands = (one: Matched): boolean =>
    (filter.wing === undefined || one.wing === filter.wing) &&
    (filter.kind === undefined || one.kind === filter.kind) &&
    (asOf === undefined ||
      ((one.valid_from ?? one.at) <= asOf && (one.valid_to === null || one.valid_to > asOf)));

  const found = reader.read([
    ...new Set([...candidates(db, query, filter, vocabulary.texts), ...near.keys()]),
  ]);
  const all = [...found, ...neighbours(found, query, reader)];
  const ranking = { query, near, bridged: new Map<number, number>(), meanLength: vocabulary.meanLength };
  let ranked = rank(all, { ...ranking, span: query.time?.span });
  const known = new Set(all.map(({ id }) => id));
  const take = (ids: Iterable<number>) => {
    const fresh = reader.read([...ids].filter((id) => !known.has(id)));
    for (const one of fresh) known.add(one.id);
    all.push(...fresh);
  };
  const span = spanAfter(query, ranked) ?? query.time?.span;
  const bridged = bridges(db, ranked, query, vocabulary, filter);
  if (span !== query.time?.span || bridged.size > 0) {
    if (span && span !== query.time?.span) take(ofTime(db, span));
    take(bridged.keys());
    ranked = rank(all, { ...ranking, span, bridged });
  }
  const sure = (ranked[0]?.score ?? 0) >= SURE;
  const floor = !query.aboutKnown && !(k >= MANY && sure) ? FLOOR : k < MANY ? FLOOR_OF_KNOWN : FLOOR_OF_MANY;
  return ranked
    .filter(({ passage, score }) => score >= floor && stands(passage))
    .slice(0, k)
    .map((one) => ({
      id: one.passage.id,
      score: round(one.score),
      why: whyFound(one, query),
      parts: partsOf(one, query),
    }));
}

const dated = (db: DatabaseSync, query: Query): Query =>
  query.time?.span && query.time.yearly
    ? { ...query, time: { ...query.time, span: latestOf(db, query.time.span) } }
    : query;

const round = (score: number): number => Math.round(score * 1000) / 1000;

/** `two weeks after the trip`: the stretch of time around the moment at that distance from what fits best. */
function spanAfter({ time }: Query, ranked: readonly Ranked[]): Span | undefined {
  const anchor = ranked[0]?.passage;
  if (time?.offset === undefined || !anchor) return undefined;
  const slack = Math.max(DAY_MS, Math.abs(time.offset) / 3);
  const moment = (anchor.about_from ?? anchor.at) + time.offset;
  return { from: moment - slack, to: moment + slack };
}
