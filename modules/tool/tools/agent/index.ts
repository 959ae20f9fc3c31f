/** Other agents. @module */
import type { Tool } from "#contract";
import { askAgent } from "./ask.ts";
import { listAgents } from "./list.ts";

export const agent: readonly Tool[] = [listAgents, askAgent];
