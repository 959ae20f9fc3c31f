/** Dates and times, in any zone. @module */
import type { Tool } from "#contract";
import { addTime } from "./add.ts";
import { timeDifference } from "./difference.ts";
import { formatTime } from "./format.ts";
import { timeNow } from "./now.ts";
import { parseTime } from "./parse.ts";

export { readTime, when } from "./read.ts";
export { zone } from "./zone.ts";
export const time: readonly Tool[] = [timeNow, parseTime, formatTime, timeDifference, addTime];
