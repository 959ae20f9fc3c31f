import { z } from "zod";
import { defineTool } from "#contract";
import { inZone, moment, momentOf, zone } from "./zone.ts";

export const timeNow = defineTool({
  name: "time.now",
  version: 1,
  title: "Current date and time",
  summary: "The date, time and day of the week now, in any time zone.",
  keywords:
    "today clock what day is it current hour utc timezone heute uhrzeit datum hoy hora fecha aujourd'hui heure",
  input: z.object({ time_zone: zone }),
  output: moment,
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{}, { time_zone: "Asia/Tokyo" }],
  run: ({ time_zone }, place) =>
    Promise.resolve(momentOf(inZone(Temporal.Instant.fromEpochMilliseconds(place.now()), time_zone))),
});
