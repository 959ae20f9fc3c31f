/** What the agent remembers. @module */
import type { Tool } from "#contract";
import { forget } from "./forget.ts";
import { recall } from "./recall.ts";
import { remember } from "./remember.ts";

export const memory: readonly Tool[] = [remember, recall, forget];
