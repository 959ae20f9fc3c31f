import { z } from "zod";
import { defineTool } from "#contract";
import { zone } from "../time/index.ts";
import { text, wakeUp } from "./entry.ts";

export const wakeRegularly = defineTool({
  name: "schedule.cron",
  version: 1,
  title: "Wake up regularly",
  summary:
    "Wake the agent again and again by a cron pattern in a time zone; the same id replaces the one before.",
  keywords:
    "recurring repeat every day week hour daily weekly monthly periodic cron regelmäßig jeden tag täglich cada día diario chaque jour",
  input: z.object({
    id: z.string().min(1).max(64).describe("A name for it, such as morning-report"),
    cron: z.string().min(1).max(256).describe("minute hour day month weekday, such as 0 8 * * mon-fri"),
    time_zone: zone,
    text,
  }),
  output: z.object({
    id: z.string().describe("Id, for schedule.cancel"),
    next_at: z.string().nullable().describe("When it wakes up next, ISO 8601 in UTC"),
  }),
  needs: ["schedule.cron"],
  effect: "write",
  runs: "server",
  repeatable: true,
  examples: [
    { id: "morning-report", cron: "0 8 * * mon-fri", time_zone: "Europe/Berlin", text: "Write the report." },
  ],
  run: async ({ text, ...pattern }, place) =>
    (await place.call("schedule.cron", { ...pattern, payload: wakeUp(text, place.session) })) as never,
});
