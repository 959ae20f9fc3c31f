import { z } from "zod";
import { defineTool } from "#contract";
import { readTime, when } from "./read.ts";
import { moment, momentOf, zone } from "./zone.ts";

export const parseTime = defineTool({
  name: "time.parse",
  version: 1,
  title: "Read a date or convert a time zone",
  summary: "Read a date or time as written and give it in a time zone, with weekday, week and epoch.",
  keywords:
    "convert timezone timestamp epoch unix iso weekday of date which day umrechnen zeitzone wochentag convertir zona horaria fuseau",
  input: z.object({
    time: when,
    time_zone: zone.describe("Zone to give it in, and of a time that names none"),
    from_zone: z.string().max(64).optional().describe("Zone of a time that names none, where it is another"),
  }),
  output: moment,
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [
    { time: "2026-05-03 14:00", from_zone: "Europe/Berlin", time_zone: "America/New_York" },
    { time: 1_777_809_600 },
  ],
  run: ({ time, time_zone, from_zone }, place) =>
    Promise.resolve(
      momentOf(
        readTime(time, from_zone ?? time_zone, place.now()).withTimeZone(
          readTime("now", time_zone, 0).timeZoneId,
        ),
      ),
    ),
});
