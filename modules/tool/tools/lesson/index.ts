/** What the agent has learned from its mistakes. @module */
import type { Tool } from "#contract";
import { learn } from "./learn.ts";
import { recallLessons } from "./recall.ts";

export const lesson: readonly Tool[] = [learn, recallLessons];
