import { z } from "zod";
import { defineTool, FieldworkError } from "#contract";
import { readTime, when } from "./read.ts";
import { zone } from "./zone.ts";

const style = z.enum(["none", "short", "medium", "long", "full"]);

export const formatTime = defineTool({
  name: "time.format",
  version: 1,
  title: "Write a date for people",
  summary: "Write a date and time the way it is written in a language and country.",
  keywords: "display locale localized human readable language formatieren schreiben formatear formater",
  input: z.object({
    time: when,
    time_zone: zone,
    locale: z
      .string()
      .min(2)
      .max(35)
      .default("en-GB")
      .describe("Language and country, such as de-DE or en-US"),
    date: style.default("full").describe("How the date is written"),
    clock: style.default("short").describe("How the time of day is written"),
  }),
  output: z.object({ text: z.string().describe("The date and time") }),
  needs: [],
  effect: "none",
  runs: "anywhere",
  examples: [{ time: "2026-05-03T14:00:00Z", locale: "de-DE", time_zone: "Europe/Berlin" }],
  run({ time, time_zone, locale, date, clock }, place) {
    const at = readTime(time, time_zone, place.now());
    if (date === "none" && clock === "none")
      throw new FieldworkError("invalid_input", "Either the date or the time of day has to be written.");
    let format: Intl.DateTimeFormat;
    try {
      format = new Intl.DateTimeFormat(locale, {
        timeZone: at.timeZoneId,
        ...(date === "none" ? {} : { dateStyle: date }),
        ...(clock === "none" ? {} : { timeStyle: clock }),
      });
    } catch (error) {
      throw new FieldworkError("invalid_input", `There is no locale "${locale}".`, {
        remedy: "Write a language tag such as en-US.",
        cause: error,
      });
    }
    return Promise.resolve({ text: format.format(at.epochMilliseconds) });
  },
});
