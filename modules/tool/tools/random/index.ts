/** Chance. @module */
import type { Tool } from "#contract";
import { randomNumbers } from "./number.ts";
import { randomIds } from "./uuid.ts";

export const random: readonly Tool[] = [randomIds, randomNumbers];
