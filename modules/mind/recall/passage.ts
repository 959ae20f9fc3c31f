import type { DatabaseSync } from "node:sqlite";
import { prepared } from "./prepared.ts";
import type { Sought } from "./query.ts";
import { SAME_WORD_SHARE } from "./weights.ts";

/** A memory as the ranking sees it. */
export interface Passage {
  readonly id: number;
  readonly terms: string;
  readonly length: number;
  readonly wing: string | null;
  readonly kind: string;
  readonly importance: number;
  readonly thread: number | null;
  readonly position: number | null;
  /** It asks something, so what follows is likely the answer. */
  readonly asks: number;
  /** Milliseconds since 1970, as all times here. */
  readonly at: number;
  readonly about_from: number | null;
  readonly about_to: number | null;
  readonly valid_from: number | null;
  readonly valid_to: number | null;
  readonly superseded_by: number | null;
}

/** A passage with how much of each thing sought it holds (0…1). */
export interface Matched extends Passage {
  readonly match: Float64Array;
}

const COLUMNS =
  "id, terms, length, wing, kind, importance, thread, position, asks, at, about_from, about_to, valid_from, valid_to, superseded_by";

/** A word of the query that a term stands for. */
interface Place {
  readonly at: number;
  readonly share: number;
}

const shapeOf = (first: number, length: number): number => first * 128 + length;

/** Reads passages by id, and those that stand beside them in their threads. */
export function passageReader(db: DatabaseSync, sought: readonly Sought[]) {
  const places = new Map<string, Place[]>();
  const several = new Set<readonly Place[]>();
  for (const [at, { terms }] of sought.entries()) {
    for (const [term, share] of terms) {
      const list = places.get(term);
      if (list) list.push({ at, share });
      else places.set(term, [{ at, share }]);
    }
  }
  // Most words of a passage are none that are sought: told by their first character and length before they are cut out.
  const shapes = new Set([...places.keys()].map((term) => shapeOf(term.charCodeAt(0), term.length)));
  const matched = (passage: Passage): Matched => {
    const match = new Float64Array(sought.length);
    const { terms } = passage;
    for (let begin = 0; begin < terms.length; ) {
      const space = terms.indexOf(" ", begin);
      const end = space === -1 ? terms.length : space;
      const found =
        shapes.has(shapeOf(terms.charCodeAt(begin), end - begin)) && places.get(terms.slice(begin, end));
      if (found && found.length > 1) several.add(found);
      else if (found) {
        const [{ at, share }] = found as [Place];
        if (share > (match[at] as number)) match[at] = share;
      }
      begin = end + 1;
    }
    // One word of a memory is full evidence for one word of the query; for others it says little that is new.
    for (const places of several) {
      let best = -1;
      let most = 0;
      for (const { at, share } of places) {
        const gain = (share - (match[at] as number)) * (sought[at]?.weight ?? 0);
        if (gain > most) [best, most] = [at, gain];
      }
      for (const { at, share } of places) {
        const counts = at === best ? share : share * SAME_WORD_SHARE;
        if (counts > (match[at] as number)) match[at] = counts;
      }
    }
    several.clear();
    return Object.assign(passage, { match });
  };
  const byIds = prepared(
    db,
    `SELECT ${COLUMNS} FROM mind_memory WHERE id IN (SELECT value FROM json_each(?))`,
  );
  const around = prepared(
    db,
    `SELECT ${COLUMNS} FROM mind_memory WHERE thread = ? AND position BETWEEN ? AND ?`,
  );
  return {
    read: (ids: readonly number[]): Matched[] =>
      (byIds.all(JSON.stringify(ids)) as unknown as Passage[]).map(matched),
    around: (thread: number, from: number, to: number): Matched[] =>
      (around.all(thread, from, to) as unknown as Passage[]).map(matched),
  };
}
export type PassageReader = ReturnType<typeof passageReader>;
