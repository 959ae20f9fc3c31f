/** Waking up later. @module */
import type { Tool } from "#contract";
import { wakeLater } from "./after.ts";
import { cancelSchedule } from "./cancel.ts";
import { wakeRegularly } from "./cron.ts";
import { listSchedules } from "./list.ts";

export const schedule: readonly Tool[] = [wakeLater, wakeRegularly, listSchedules, cancelSchedule];
