/** The tools about tools. @module */
import type { Tool } from "#contract";
import { searchTools } from "./search.ts";
import { useTool } from "./use.ts";

export { useTool } from "./use.ts";
export const tool: readonly Tool[] = [searchTools, useTool];
