import { z } from "zod";
import { moduleId } from "../id.ts";
import { done } from "../schema.ts";
import { owner } from "./grades.ts";
import { diaryEntry, todo } from "./mind.ts";

const agent = moduleId;

/** What the owner sees of an agent's notes to itself. */
export const notes = [
  owner(
    "diary.list",
    "read",
    "An agent's diary, the newest day first.",
    z.strictObject({
      agent,
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      limit: z.int().min(1).max(500).default(30),
    }),
    z.object({ entries: z.array(diaryEntry) }),
  ),
  owner(
    "todo.list",
    "read",
    "An agent's to-do list: what is open first.",
    z.strictObject({ agent, all: z.boolean().default(false).describe("Also what is done") }),
    z.object({ todos: z.array(todo) }),
  ),
  owner(
    "todo.set",
    "write",
    "Mark something on an agent's to-do list done or open, or change it.",
    z.strictObject({
      agent,
      id: z.string().max(64),
      done: z.boolean().optional(),
      text: z.string().min(1).max(4000).optional(),
    }),
    done,
  ),
] as const;
