import type { CallContext, Database, LessonEvent } from "#contract";
import { iso } from "../memories/identity.ts";

/** When and in which turn something happens to a lesson. */
export interface Occasion {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly turn: string | null;
  readonly session: string | null;
}

export const occasionOf = ({ host, trace, session }: CallContext): Occasion => ({
  now: Math.floor(host.now()),
  turn: trace,
  session: session ?? null,
});

/** Of each lesson the newest are kept. */
const EVENTS_MOST = 200;

/** Writes down what happened to a lesson. */
export function note(
  db: Database,
  lesson: number,
  event: LessonEvent["event"],
  karma: number,
  { now, turn, session }: Occasion,
): void {
  db.sql(
    "INSERT INTO mind_lesson_event (lesson, at, event, karma, turn, session) VALUES (?, ?, ?, ?, ?, ?)",
  ).run(lesson, now, event, karma, turn, session);
  db.sql(
    `DELETE FROM mind_lesson_event WHERE lesson = ?1 AND event <> 'learned'
       AND id <= (SELECT id FROM mind_lesson_event WHERE lesson = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${EVENTS_MOST})`,
  ).run(lesson);
}

/** What happened to a lesson, the first thing first. */
export const historyOf = (db: Database, lesson: number): LessonEvent[] =>
  db
    .sql("SELECT * FROM mind_lesson_event WHERE lesson = ? ORDER BY id")
    .all(lesson)
    .map((row) => ({
      at: iso(row.at),
      event: row.event as LessonEvent["event"],
      karma: Number(row.karma),
      turn: row.turn as string | null,
      session: row.session as string | null,
    }));
