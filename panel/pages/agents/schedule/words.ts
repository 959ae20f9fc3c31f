import { locale, t } from "../../../text/index.ts";
import { type Clock, type Rhythm, rhythmOf } from "./rhythm.ts";

const words = t.agents.schedule;
const SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const WEEKDAYS = [1, 2, 3, 4, 5];

const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
const shortWeekday = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: "UTC" });
const list = new Intl.ListFormat(locale);
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });

export const dayName = (day: number, short = false): string =>
  (short ? shortWeekday : weekday).format(SUNDAY + day * DAY_MS);
const clock = ({ hour, minute }: Clock): string => time.format(SUNDAY + (hour * 60 + minute) * MINUTE_MS);

/** How often, in words. */
export function rhythmWords(rhythm: Rhythm): string {
  switch (rhythm.every) {
    case "minutes":
      return words.everyMinutes(rhythm.n);
    case "hours":
      return words.everyHours(rhythm.n, String(rhythm.minute).padStart(2, "0"));
    case "days":
      return words.everyDay(clock(rhythm.at));
    case "week":
      if (String(rhythm.days) === String(WEEKDAYS)) return words.everyWeekday(clock(rhythm.at));
      return words.everyWeek(list.format(rhythm.days.map((day) => dayName(day))), clock(rhythm.at));
    case "month":
      return words.everyMonth(rhythm.day, clock(rhythm.at));
  }
}

/** When a schedule runs, in words; the pattern itself where there are none for it. */
export function scheduleWords(cron: string | undefined): string {
  if (cron === undefined) return words.once;
  const rhythm = rhythmOf(cron);
  return rhythm ? rhythmWords(rhythm) : words.byPattern(cron);
}

const UNITS = [
  ["day", DAY_MS],
  ["hour", 3_600_000],
  ["minute", MINUTE_MS],
] as const;

/** How long from now until a time that is to come, in words. */
export function untilWords(at: string, now = Date.now()): string {
  const left = new Date(at).getTime() - now;
  const unit = UNITS.find(([, ms]) => left >= ms);
  return unit ? relative.format(Math.round(left / unit[1]), unit[0]) : words.soon;
}
