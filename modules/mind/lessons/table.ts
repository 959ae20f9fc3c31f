import { createHash } from "node:crypto";
import {
  type Database,
  FieldworkError,
  fold,
  type Lesson,
  type LessonEvent,
  type NewLesson,
  type Row,
} from "#contract";
import { termsOf } from "../language/tokens.ts";
import { idOf, iso, isoOrNull, numberOf } from "../memories/identity.ts";
import { historyOf, note, type Occasion } from "./history.ts";

const KARMA_OF: Readonly<Record<Lesson["severity"], number>> = { low: 0.5, medium: 1, high: 2 };
const KARMA_MOST = 10;
/** A lesson at or below this is retired. */
const RETIRED_AT = -1;
/** Share of the words of two situations that must be the same for them to be one. */
const SAME_SITUATION = 0.8;
const LESSONS_MOST = 10_000;

/** Learns a lesson; the same one again makes it stronger, and brings it back where it was retired. */
export function learn(
  db: Database,
  lesson: NewLesson,
  occasion: Occasion,
  tainted: boolean,
): { id: string; hits: number } {
  const { situation, mistake, better, code = null, severity } = lesson;
  const terms = termsOf(`${situation} ${mistake} ${code ?? ""}`, 2000).join(" ");
  const hash = createHash("sha256")
    .update([situation, better, code].map((part) => fold(part ?? "").trim()).join("\0"))
    .digest()
    .subarray(0, 16);
  return db.transaction(() => {
    const known = db.sql("SELECT id FROM mind_lesson WHERE hash = ?").get(hash) ?? alike(db, lesson);
    if (known) {
      const row = db
        .sql(
          "UPDATE mind_lesson SET hits = hits + 1, karma = min(?, max(karma, 0) + 0.5), state = 'active', tainted = min(tainted, ?) WHERE id = ? RETURNING id, hits, karma",
        )
        .get(KARMA_MOST, tainted ? 1 : 0, known.id as number);
      note(db, Number(row?.id), "again", Number(row?.karma), occasion);
      return { id: idOf("lesson", row?.id), hits: Number(row?.hits) };
    }
    const { n } = db.sql("SELECT count(*) AS n FROM mind_lesson").get() as { n: number };
    if (n >= LESSONS_MOST) throw new FieldworkError("too_large", `The agent has ${n} lessons already.`);
    const row = db
      .sql(
        `INSERT INTO mind_lesson (hash, situation, mistake, better, code, severity, karma, hits, state, tainted, learned_at, terms, session)
         VALUES (?, ?, ?, ?, ?, ?, ?, 1, 'active', ?, ?, ?, ?) RETURNING id`,
      )
      .get(
        hash,
        situation,
        mistake,
        better,
        code,
        severity,
        KARMA_OF[severity],
        tainted ? 1 : 0,
        occasion.now,
        terms,
        occasion.session,
      );
    note(db, Number(row?.id), "learned", KARMA_OF[severity], occasion);
    return { id: idOf("lesson", row?.id), hits: 1 };
  });
}

/** A lesson with the same code and better way, learned in nearly the same situation. */
function alike(db: Database, { situation, better, code }: NewLesson): Row | undefined {
  const mine = new Set(termsOf(situation));
  return db
    .sql("SELECT id, situation FROM mind_lesson WHERE better = ? AND code IS ? LIMIT 100")
    .all(better, code ?? null)
    .find((row) => {
      const theirs = new Set(termsOf(String(row.situation)));
      const shared = [...mine].filter((term) => theirs.has(term)).length;
      return shared >= SAME_SITUATION * Math.max(mine.size, theirs.size, 1);
    });
}

/** A lesson that helped gains weight; one that did not loses some, and is retired when it hurts again and again. Nothing is deleted. */
export function feedback(db: Database, id: string, helped: boolean, occasion: Occasion): number {
  return db.transaction(() => {
    const before = rowOf(db, id);
    const row = db
      .sql(
        `UPDATE mind_lesson SET karma = CASE WHEN ?1 THEN min(${KARMA_MOST}, karma + 1) ELSE karma / 2 - 0.75 END,
           state = CASE WHEN ?1 THEN state WHEN karma / 2 - 0.75 <= ${RETIRED_AT} THEN 'retired' ELSE state END WHERE id = ?2 RETURNING karma, state`,
      )
      .get(helped ? 1 : 0, before.id as number) as Row;
    const karma = Number(row.karma);
    note(db, Number(before.id), helped ? "helped" : "hurt", karma, occasion);
    if (row.state !== before.state) note(db, Number(before.id), "retired", karma, occasion);
    return karma;
  });
}

export function retire(db: Database, id: string, active: boolean, occasion: Occasion): void {
  db.transaction(() => {
    const before = rowOf(db, id);
    const row = db
      .sql(
        "UPDATE mind_lesson SET state = ?, karma = CASE WHEN ?2 THEN max(karma, 0.5) ELSE karma END WHERE id = ?3 RETURNING karma, state",
      )
      .get(active ? "active" : "retired", active ? 1 : 0, before.id as number) as Row;
    if (row.state !== before.state)
      note(db, Number(before.id), active ? "restored" : "retired", Number(row.karma), occasion);
  });
}

/** A lesson with all that happened to it. @throws FieldworkError `not_found` */
export function showLesson(db: Database, id: string): { lesson: Lesson; history: LessonEvent[] } {
  const row = rowOf(db, id);
  return { lesson: toLesson(row), history: historyOf(db, Number(row.id)) };
}

function rowOf(db: Database, id: string): Row {
  const row = db.sql("SELECT * FROM mind_lesson WHERE id = ?").get(numberOf("lesson", id));
  if (!row) throw new FieldworkError("not_found", `There is no lesson with the id ${id}.`);
  return row;
}

export const lessonsOf = (db: Database, all: boolean): Lesson[] =>
  db
    .sql("SELECT * FROM mind_lesson WHERE ? OR state = 'active' ORDER BY karma DESC, id DESC")
    .all(all ? 1 : 0)
    .map(toLesson);

export const toLesson = (row: Row): Lesson => ({
  id: idOf("lesson", row.id),
  situation: String(row.situation),
  mistake: String(row.mistake),
  better: String(row.better),
  code: row.code as string | null,
  severity: row.severity as Lesson["severity"],
  karma: Number(row.karma),
  hits: Number(row.hits),
  state: row.state as Lesson["state"],
  learned_at: iso(row.learned_at),
  last_recalled_at: isoOrNull(row.last_recalled_at),
  tainted: row.tainted === 1,
});
