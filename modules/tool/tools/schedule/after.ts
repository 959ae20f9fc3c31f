import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { readTime, when, zone } from "../time/index.ts";
import { text, wakeUp } from "./entry.ts";

export const wakeLater = defineTool({
  name: "schedule.after",
  version: 1,
  title: "Wake up later",
  summary:
    "Wake the agent once, after some minutes or at a time, and tell it what to do then; survives a restart.",
  keywords:
    "remind reminder alarm timer later at in minutes tomorrow delay wecken erinnern später erinnerung wecker recordatorio alarma rappel",
  input: z.object({
    text,
    minutes: z.number().min(0).max(527_040).optional().describe("In so many minutes"),
    at: when.optional().describe("Or at this time"),
    time_zone: zone,
  }),
  output: z.object({
    id: z.string().describe("Id, for schedule.cancel"),
    next_at: z.string().describe("When it wakes up, ISO 8601 in UTC"),
  }),
  needs: ["schedule.after"],
  effect: "write",
  runs: "server",
  examples: [{ text: "Ask the owner how the meeting went.", minutes: 90 }],
  async run({ text, minutes, at, time_zone }, place) {
    if ((minutes === undefined) === (at === undefined))
      throw new FieldworkError("invalid_input", "Give either minutes or at.");
    const now = place.now();
    const ms =
      at === undefined ? (minutes ?? 0) * 60_000 : readTime(at, time_zone, now).epochMilliseconds - now;
    if (ms < 0) throw new FieldworkError("invalid_input", "That time has passed already.");
    return (await place.call("schedule.after", {
      ms: Math.round(ms),
      payload: wakeUp(text, place.session),
    })) as never;
  },
});
