/** A time of day. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
}

/** How often something happens: what most cron patterns mean. Days of the week: 0 is Sunday. */
export type Rhythm =
  | { readonly every: "minutes"; readonly n: number }
  | { readonly every: "hours"; readonly n: number; readonly minute: number }
  | { readonly every: "days"; readonly at: Clock }
  | { readonly every: "week"; readonly days: readonly number[]; readonly at: Clock }
  | { readonly every: "month"; readonly day: number; readonly at: Clock };

const NAMES = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** The cron pattern of five fields for a rhythm. */
export function patternOf(rhythm: Rhythm): string {
  switch (rhythm.every) {
    case "minutes":
      return rhythm.n === 1 ? "* * * * *" : `*/${rhythm.n} * * * *`;
    case "hours":
      return rhythm.n === 1 ? `${rhythm.minute} * * * *` : `${rhythm.minute} */${rhythm.n} * * *`;
    case "days":
      return `${rhythm.at.minute} ${rhythm.at.hour} * * *`;
    case "week":
      return `${rhythm.at.minute} ${rhythm.at.hour} * * ${rhythm.days.toSorted((a, b) => a - b).join(",")}`;
    case "month":
      return `${rhythm.at.minute} ${rhythm.at.hour} ${rhythm.day} * *`;
  }
}

/** What a cron pattern means; `undefined` where it is not one of the simple ones, and has to be read as it stands. */
export function rhythmOf(pattern: string): Rhythm | undefined {
  const fields = pattern.trim().toLowerCase().split(/\s+/);
  if (fields.length === 6 && fields[0] === "0") fields.shift();
  if (fields.length !== 5) return undefined;
  const [minutes, hours, day, month, weekday] = fields as [string, string, string, string, string];
  if (month !== "*") return undefined;
  const anyDay = (day === "*" || day === "?") && (weekday === "*" || weekday === "?");
  const [minute, hour] = [whole(minutes, 59), whole(hours, 23)];

  if (hours === "*" && anyDay) {
    const n = minutes === "*" ? 1 : step(minutes, 60);
    if (n !== undefined) return { every: "minutes", n };
    return minute === undefined ? undefined : { every: "hours", n: 1, minute };
  }
  if (minute === undefined) return undefined;
  const n = step(hours, 24);
  if (n !== undefined && anyDay) return { every: "hours", n, minute };
  if (hour === undefined) return undefined;
  const at = { hour, minute };
  if (anyDay) return { every: "days", at };
  if (day === "*" || day === "?") {
    const days = weekdays(weekday);
    return days && { every: "week", days, at };
  }
  const dayOfMonth = whole(day, 31);
  return dayOfMonth && (weekday === "*" || weekday === "?")
    ? { every: "month", day: dayOfMonth, at }
    : undefined;
}

function whole(field: string, most: number): number | undefined {
  return /^\d{1,2}$/.test(field) && Number(field) <= most ? Number(field) : undefined;
}

/** Of `*` with a step that divides the whole evenly: only then it is every so often. */
function step(field: string, of: number): number | undefined {
  const n = Number(/^\*\/(\d{1,2})$/.exec(field)?.[1] ?? Number.NaN);
  return n >= 1 && n < of && of % n === 0 ? n : undefined;
}

function weekdays(field: string): readonly number[] | undefined {
  const days = new Set<number>();
  for (const part of field.split(",")) {
    const [from, to = from] = part.split("-").map(dayNumber);
    if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to) || to < from)
      return undefined;
    for (let day = from; day <= to; day++) days.add(day % 7);
  }
  return days.size === 0 ? undefined : [...days].sort((a, b) => a - b);
}

function dayNumber(text: string): number {
  const named = NAMES.indexOf(text);
  return named >= 0 ? named : /^[0-7]$/.test(text) ? Number(text) : Number.NaN;
}
