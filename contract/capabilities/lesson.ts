import { z } from "zod";
import { moduleId } from "../id.ts";
import { done, isoTime } from "../schema.ts";
import { owner } from "./grades.ts";
import { lesson, newLesson } from "./mind.ts";

const agent = moduleId;

const LESSON_EVENTS = ["learned", "again", "helped", "hurt", "retired", "restored"] as const;
/** What happened to a lesson. */
const lessonEvent = z.object({
  at: isoTime,
  event: z.enum(LESSON_EVENTS),
  /** Its karma after that. */
  karma: z.number(),
  /** The trace of the turn it happened in. */
  turn: z.string().nullable(),
  session: z.string().nullable(),
});
export type LessonEvent = z.infer<typeof lessonEvent>;

export const lessons = [
  owner(
    "lesson.list",
    "read",
    "An agent's lessons with their history.",
    z.strictObject({ agent, all: z.boolean().default(false) }),
    z.object({ lessons: z.array(lesson) }),
  ),
  owner(
    "lesson.show",
    "read",
    "A lesson with all that happened to it.",
    z.strictObject({ agent, id: z.string().max(64) }),
    z.object({ lesson, history: z.array(lessonEvent) }),
  ),
  owner(
    "lesson.retire",
    "write",
    "Retire a lesson, or bring it back.",
    z.strictObject({ agent, id: z.string().max(64), active: z.boolean().default(false) }),
    done,
  ),
  owner(
    "lesson.add",
    "write",
    "Teach an agent a lesson.",
    z.strictObject({ agent, ...newLesson.shape }),
    z.object({ id: z.string(), hits: z.int() }),
  ),
] as const;
