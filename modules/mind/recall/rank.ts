import { type Asked, tellsOf } from "../language/asked.ts";
import { DAY_MS, type Span } from "../time/expression.ts";
import type { Matched, PassageReader } from "./passage.ts";
import type { Query } from "./query.ts";
import {
  BRIDGE_SHARE,
  FROM_BEFORE,
  FROM_BEHIND,
  FROM_QUESTION,
  FROM_THREAD,
  LENGTH_SHARE,
  LONG_FROM,
  SHORT_SHARE,
  SIGN_BONUS,
  STRETCH_TURNS,
  SUPERSEDED_SHARE,
  SURE_EVIDENCE,
  TIME_WEIGHT,
  VECTOR_SHARE,
} from "./weights.ts";

export interface Ranked {
  readonly passage: Matched;
  /** Absolute relevance, 0…1. */
  readonly score: number;
  /** What they are ordered by: the score and what decides between those that hardly differ. */
  readonly order: number;
  /** Share of what is sought that stands in the memory itself, and with its neighbours. */
  readonly own: number;
  readonly around: number;
  /** Fit to the time that is asked for, 0…1. */
  readonly timely: number;
  /** Likeness by vectors, 0…1. */
  readonly alike: number;
  /** Score of the memory whose name it shares. */
  readonly bridge: number;
}

/** What a single word counts, and at how many words (times what is left) a memory counts in full. */
const FEW_SHARE = 0.8;
const FEW_UNTIL = 40;
const NEIGHBOURS_OF_MOST = 60;
/** More positions than a thread has. */
const THREAD_STEP = 2 ** 22;

const stretchOf = ({ thread, position }: Matched): number =>
  (thread ?? 0) * THREAD_STEP + Math.floor((position ?? 0) / STRETCH_TURNS);

/** Passages that stand beside the best ones in their threads, and were not found by themselves. */
export function neighbours(found: readonly Matched[], query: Query, reader: PassageReader): Matched[] {
  const known = new Set(found.map(({ id }) => id));
  const best = found
    .map((passage) => ({ passage, own: ownEvidence(passage, query) }))
    .sort((a, b) => b.own - a.own)
    .slice(0, NEIGHBOURS_OF_MOST);
  const more: Matched[] = [];
  for (const {
    passage: { thread, position },
  } of best) {
    if (thread === null || position === null) continue;
    for (const one of reader.around(thread, position - 2, position + 2)) {
      if (known.has(one.id)) continue;
      known.add(one.id);
      more.push(one);
    }
  }
  return more;
}

function ownEvidence({ match }: Matched, { sought }: Query): number {
  let sum = 0;
  for (let at = 0; at < sought.length; at++) sum += (sought[at]?.weight ?? 0) * (match[at] as number);
  return sum;
}

export interface Ranking {
  readonly query: Query;
  /** The stretch of time the query is about. */
  readonly span: Span | undefined;
  /** Likeness by vectors, 0…1. */
  readonly near: ReadonlyMap<number, number>;
  /** What a memory shares a name with, by its score; see `bridge.ts`. */
  readonly bridged: ReadonlyMap<number, number>;
  readonly meanLength: number;
}

/** All passages with their relevance, best first. */
export function rank(
  passages: readonly Matched[],
  { query, span, near, bridged, meanLength }: Ranking,
): Ranked[] {
  const places = new Map<number, Matched>();
  const stretches = new Map<number, Float64Array>();
  for (const passage of passages) {
    if (passage.thread === null) continue;
    places.set(passage.thread * THREAD_STEP + (passage.position ?? 0), passage);
    const stretch = stretchOf(passage);
    const best = stretches.get(stretch);
    if (!best) stretches.set(stretch, passage.match.slice());
    else
      for (let at = 0; at < best.length; at++)
        best[at] = Math.max(best[at] as number, passage.match[at] as number);
  }
  const beside = ({ thread, position }: Matched, step: number): Matched | undefined =>
    thread === null || position === null ? undefined : places.get(thread * THREAD_STEP + position + step);

  return passages
    .map((passage): Ranked => {
      const before = beside(passage, -1);
      const shares: readonly (readonly [Matched | undefined, number])[] = [
        [before, before?.asks ? FROM_QUESTION : FROM_BEFORE[0]],
        [beside(passage, -2), FROM_BEFORE[1]],
        [beside(passage, 1), FROM_BEHIND[0]],
        [beside(passage, 2), FROM_BEHIND[1]],
      ];
      const whole = passage.thread === null ? undefined : stretches.get(stretchOf(passage));
      let own = 0;
      let evidence = 0;
      let sure = 0;
      for (const [at, one] of query.sought.entries()) {
        const here = passage.match[at] as number;
        let soft = here;
        if (!one.speaker) {
          for (const [neighbour, share] of shares)
            if (neighbour) soft = Math.max(soft, share * (neighbour.match[at] as number));
          if (whole) soft = Math.max(soft, FROM_THREAD * (whole[at] as number));
        }
        own += one.weight * here;
        evidence += one.weight * soft;
        sure += one.sureness * one.weight * soft;
      }
      const timely = span ? timeliness(passage, span) : 0;
      const weight = query.weight + (span ? TIME_WEIGHT : 0);
      const sum = (evidence + (span ? TIME_WEIGHT * timely : 0)) * lengthShare(passage.length, meanLength);
      const superseded = passage.superseded_by === null ? 1 : SUPERSEDED_SHARE;
      const byWords =
        weight === 0
          ? 0
          : Math.min(1, sum / weight) * (1 - Math.exp(-(sure + (sum - evidence)) / SURE_EVIDENCE));
      const alike = near.get(passage.id) ?? 0;
      // Independent signs: what one leaves open the other may fill.
      const bridge = bridged.get(passage.id) ?? 0;
      const open = (1 - byWords) * (1 - VECTOR_SHARE * alike * alike) * (1 - BRIDGE_SHARE * bridge);
      const score = (1 - open) * superseded;
      return {
        passage,
        score,
        order: orderOf(passage, score, query, meanLength),
        own: query.weight === 0 ? 0 : own / query.weight,
        around: query.weight === 0 ? 0 : evidence / query.weight,
        timely,
        alike,
        bridge,
      };
    })
    .sort((a, b) => b.order - a.order || b.passage.at - a.passage.at || b.passage.id - a.passage.id);
}

/**
 * Among what fits alike, what matters more comes first, what tells more than others here do, and what holds a time or number where one
 * is asked for. It depends on what else is remembered, so it is no part of the score.
 */
function orderOf(passage: Matched, score: number, { asked }: Query, mean: number): number {
  const sign = asked !== undefined && score > 0 && holdsSign(passage, asked) ? SIGN_BONUS : 0;
  const telling = Math.min(1, SHORT_SHARE + (1 - SHORT_SHARE) * (passage.length / mean));
  const important = 1 + 0.06 * (passage.importance - 0.5);
  return score * telling * important + 0.03 * Math.min(1, passage.length / 25) + sign;
}

const holdsSign = ({ about_from, terms }: Matched, asked: Asked): boolean =>
  (asked === "time" && about_from !== null) || tellsOf(asked, terms.split(" "));

/** A long memory holds words by chance; one of a few words says little beyond them. */
const lengthShare = (length: number, mean: number): number =>
  Math.min(1, FEW_SHARE + length / FEW_UNTIL) *
  Math.max(0.75, Math.min(1, 1 / (1 - LENGTH_SHARE + LENGTH_SHARE * (length / (LONG_FROM * mean)))));

/** How well a memory fits a stretch of time: it is about it, was told in it, or was told soon after it. */
function timeliness({ at, about_from, about_to }: Matched, { from, to }: Span): number {
  if (about_from !== null && about_from <= to && (about_to ?? about_from) >= from) return 1;
  if (at >= from && at <= to) return about_from === null ? 0.9 : 0.6;
  const later = at - to;
  return later > 0 && later <= 14 * DAY_MS ? 0.5 * (1 - later / (14 * DAY_MS)) : 0;
}
