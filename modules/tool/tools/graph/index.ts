/** Facts about who and what is connected. @module */
import type { Tool } from "#contract";
import { addFact } from "./add.ts";
import { queryGraph } from "./query.ts";

export const graph: readonly Tool[] = [addFact, queryGraph];
