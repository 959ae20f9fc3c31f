/** The person behind the conversation. @module */
import type { Tool } from "#contract";
import { askUser } from "./ask.ts";

export const user: readonly Tool[] = [askUser];
