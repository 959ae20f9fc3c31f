/** Pages of the web, for reading. @module */
import type { Tool } from "#contract";
import { readPage } from "./read.ts";

export const web: readonly Tool[] = [readPage];
