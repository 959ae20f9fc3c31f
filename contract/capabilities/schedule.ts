import { z } from "zod";
import { defineCapability } from "../capability.ts";
import { functionName, moduleId } from "../id.ts";
import { isoTime, jsonValue } from "../schema.ts";
import { owner } from "./grades.ts";

const what = {
  function: functionName.default("handle"),
  payload: jsonValue.default({}),
  /** What to do with runs that were missed while the system was down. */
  missed: z.enum(["skip", "once", "all"]).default("once"),
};
const id = z.string().min(1).max(64);

export const scheduleEntry = z.object({
  id: z.string(),
  module: moduleId,
  cron: z.string().optional(),
  time_zone: z.string().optional(),
  next_at: isoTime.nullable(),
  last_at: isoTime.nullable(),
  last_error: z.string().nullable(),
  function: z.string(),
  payload: jsonValue,
  missed: z.enum(["skip", "once", "all"]),
});

export type ScheduleEntry = z.infer<typeof scheduleEntry>;

const after = defineCapability({
  name: "schedule.after",
  summary: "Call one of the module's functions once, later; survives a restart.",
  grant: "auto",
  effect: "write",
  input: z.strictObject({ ms: z.int().min(0).max(31_622_400_000), ...what }),
  output: z.object({ id: z.string(), next_at: isoTime }),
});
const cron = defineCapability({
  name: "schedule.cron",
  summary: "Call one of the module's functions by a cron pattern (seconds allowed) in a time zone.",
  grant: "auto",
  effect: "write",
  input: z.strictObject({
    id: id.optional(),
    cron: z.string().min(1).max(256),
    time_zone: z.string().max(64).default("UTC"),
    ...what,
  }),
  output: z.object({ id: z.string(), next_at: isoTime.nullable() }),
});
const list = defineCapability({
  name: "schedule.list",
  summary: "The module's schedules; the owner sees those of all.",
  grant: "auto",
  effect: "read",
  input: z.strictObject({ module: moduleId.optional() }),
  output: z.object({ schedules: z.array(scheduleEntry) }),
});
const cancel = defineCapability({
  name: "schedule.cancel",
  summary: "Delete a schedule; the owner names the module where several have one of that id.",
  grant: "auto",
  effect: "write",
  input: z.strictObject({ id, module: moduleId.optional() }),
  output: z.object({ cancelled: z.boolean() }),
});

const set = owner(
  "schedule.set",
  "system",
  "Make a module's schedule, or change the one of that id: by a cron pattern, or once at a time.",
  z.strictObject({
    module: moduleId,
    id: id.optional(),
    cron: z.string().min(1).max(256).optional(),
    time_zone: z.string().max(64).default("UTC"),
    at: isoTime.optional().describe("Once, at this time; instead of `cron`"),
    ...what,
  }),
  scheduleEntry,
);

export const schedule = [after, cron, list, cancel, set] as const;
