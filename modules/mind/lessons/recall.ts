import type { Database, Lesson, Row } from "#contract";
import { type Query, understand } from "../recall/query.ts";
import { vocabularyOf } from "../recall/vocabulary.ts";
import { SURE_EVIDENCE } from "../recall/weights.ts";
import { DAY_MS } from "../time/expression.ts";
import { toLesson } from "./table.ts";

/** So many are looked at, the strongest first. */
const LOOKED_AT_MOST = 2000;
const FLOOR = 0.3;
/** After so long the weight of a lesson that was neither learned nor recalled has fallen by a third. */
const FADES_MS = 180 * DAY_MS;

export interface RecalledLesson {
  readonly lesson: Lesson;
  readonly tainted: boolean;
}

/**
 * The active lessons that fit a situation: those whose situation and mistake share enough of what is told, ranked by relevance × karma
 * × recency. `score` is the relevance, 0…1 and absolute.
 */
export function recallLessons(db: Database, situation: string, k: number, now: number): RecalledLesson[] {
  const rows = db
    .sql(
      `SELECT * FROM mind_lesson WHERE state = 'active' ORDER BY karma DESC, id DESC LIMIT ${LOOKED_AT_MOST}`,
    )
    .all();
  if (rows.length === 0) return [];
  const texts = rows.map((row) => String(row.terms).split(" "));
  const vocabulary = vocabularyOf(texts);
  const query = understand(situation, vocabulary, now);
  const best = rows
    .map((row, at) => ({ row, score: relevance(query, texts[at] as string[]) }))
    .filter(({ score }) => score >= FLOOR)
    .sort((a, b) => b.score * weight(b.row, now) - a.score * weight(a.row, now))
    .slice(0, k);
  const touch = db.sql("UPDATE mind_lesson SET last_recalled_at = ? WHERE id = ?");
  if (best.length > 0)
    db.transaction(() => {
      for (const { row } of best) touch.run(now, row.id as number);
    });
  return best.map(({ row, score }) => ({
    lesson: { ...toLesson({ ...row, last_recalled_at: now }), score: Math.round(score * 1000) / 1000 },
    tainted: row.tainted === 1,
  }));
}

/**
 * A situation is often told at length while a lesson is short, so what counts is how much of the weightier side is shared: of the
 * situation's words, or of the lesson's.
 */
function relevance({ sought, weight: whole }: Query, terms: readonly string[]): number {
  const held = new Set(terms);
  let evidence = 0;
  const covered = new Set<string>();
  for (const { terms: stands, weight: information } of sought) {
    let share = 0;
    for (const [term, likeness] of stands) {
      if (!held.has(term)) continue;
      covered.add(term);
      share = Math.max(share, likeness);
    }
    evidence += share * information;
  }
  if (whole === 0) return 0;
  const ofLesson = covered.size / Math.max(4, held.size);
  return Math.min(1, Math.max(evidence / whole, ofLesson)) * (1 - Math.exp(-evidence / SURE_EVIDENCE));
}

function weight(row: Row, now: number): number {
  const age = now - Math.max(Number(row.learned_at), Number(row.last_recalled_at ?? 0));
  return (1 + Math.max(0, Number(row.karma))) * (2 / 3 + Math.exp(-Math.max(0, age) / FADES_MS) / 3);
}
