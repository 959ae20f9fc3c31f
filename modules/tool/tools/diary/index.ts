/** The agent's diary. @module */
import type { Tool } from "#contract";
import { readDiary } from "./read.ts";
import { writeDiary } from "./write.ts";

export const diary: readonly Tool[] = [writeDiary, readDiary];
