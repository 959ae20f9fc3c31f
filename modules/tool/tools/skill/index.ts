/** The agent's own instructions for certain work. @module */
import type { Tool } from "#contract";
import { readSkill } from "./read.ts";

export const skill: readonly Tool[] = [readSkill];
