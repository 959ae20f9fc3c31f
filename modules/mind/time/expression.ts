import type { Token } from "../language/tokens.ts";
import {
  AFTER,
  AGO,
  BEFORE,
  LAST,
  MONTHS,
  NEXT,
  NUMBERS,
  ORDINALS,
  THIS,
  TODAY,
  TOMORROW,
  UNITS,
  type Unit,
  WEEKDAYS,
  YESTERDAY,
} from "./names.ts";

export const DAY_MS = 86_400_000;

/** From the first to the last millisecond, since 1970, UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a text says about when. */
export interface TimeExpression {
  /** A stretch of time that is named, or reckoned from the moment of speaking. */
  readonly span?: Span;
  /** A month or a day of it without its year: `span` is the latest, an earlier one may be meant. */
  readonly yearly?: boolean;
  /** A distance from something else that is told in the text: two weeks after the trip. In milliseconds, negative for before. */
  readonly offset?: number;
  /** The tokens that say it, by their place. */
  readonly said: ReadonlySet<number>;
}

const UNIT_DAYS: Readonly<Record<Unit, number>> = { day: 1, week: 7, month: 30, year: 365 };
const utc = (year: number, month: number, day: number): number => Date.UTC(year, month, day);
const span = (from: number, to: number): Span => ({ from, to: to - 1 });
const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;
const numberOf = (term: string | undefined): number | undefined =>
  term === undefined ? undefined : /^\d{1,3}$/.test(term) ? Number(term) : NUMBERS.get(term);

function monthSpan(year: number, month: number): Span {
  return span(utc(year, month, 1), utc(year, month + 1, 1));
}

/** The stretch of a calendar unit, `steps` away from the one that holds `now`. */
function unitSpan(unit: Unit, steps: number, now: number): Span {
  const date = new Date(now);
  if (unit === "year")
    return span(utc(date.getUTCFullYear() + steps, 0, 1), utc(date.getUTCFullYear() + steps + 1, 0, 1));
  if (unit === "month") return monthSpan(date.getUTCFullYear(), date.getUTCMonth() + steps);
  if (unit === "day") return span(dayOf(now) + steps * DAY_MS, dayOf(now) + (steps + 1) * DAY_MS);
  const monday = dayOf(now) - ((date.getUTCDay() + 6) % 7) * DAY_MS;
  return span(monday + steps * 7 * DAY_MS, monday + (steps + 1) * 7 * DAY_MS);
}

/** Of what is told, a month up to so far ahead is one to come. */
const NEAR_AHEAD_MONTHS = 5;

/** A month without its year is, in what is told, the nearest one; in a question, the latest one that has begun; after `last`, one that has ended; after `next`, one to come. */
function monthNear(month: number, now: number, step: -1 | 0 | 1, nearest: boolean): Span {
  const date = new Date(now);
  if (step === 0 && nearest) {
    const ahead = (month - date.getUTCMonth() + 12) % 12;
    return monthSpan(
      date.getUTCFullYear() + (date.getUTCMonth() + ahead > 11 ? 1 : 0) - (ahead > NEAR_AHEAD_MONTHS ? 1 : 0),
      month,
    );
  }
  const begun = date.getUTCFullYear() - (month > date.getUTCMonth() ? 1 : 0);
  if (step === 1)
    return monthSpan(month > date.getUTCMonth() ? date.getUTCFullYear() : date.getUTCFullYear() + 1, month);
  return monthSpan(step === -1 && month === date.getUTCMonth() ? begun - 1 : begun, month);
}

/** What may stand between the day and the year of a date. */
const BETWEEN: ReadonlySet<string> = new Set(["de", "of", "st", "nd", "rd", "th"]);
const isYear = (term: string | undefined): boolean => term !== undefined && /^(19|20|21)\d\d$/.test(term);
const dayNumber = (term: string | undefined): number | undefined => {
  const ordinal = term === undefined ? undefined : ORDINALS.get(term);
  if (ordinal !== undefined) return ordinal;
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th|er|º|°)?$/.exec(term ?? "")?.[1]);
  return day >= 1 && day <= 31 ? day : undefined;
};

/**
 * What the tokens of a text say about when, in several languages: dates, months, years, `last May`, `three days ago`, `gestern`,
 * `two weeks after …`. The first that is found counts.
 * @param now Milliseconds since 1970 at which the text is said.
 * @param told Something is told rather than asked: it may lie ahead.
 */
export function timeExpression(
  tokens: readonly Token[],
  now: number,
  told = false,
): TimeExpression | undefined {
  const terms = tokens.map(({ term }) => term);
  for (let at = 0; at < terms.length; at++) {
    const found = atToken(terms, at, now, told);
    if (found) return found;
  }
  return undefined;
}

function atToken(
  terms: readonly string[],
  at: number,
  now: number,
  told: boolean,
): TimeExpression | undefined {
  const term = terms[at] as string;
  const before = terms[at - 1];
  const after = terms[at + 1];
  const said = (...places: number[]): ReadonlySet<number> => new Set(places);
  const iso = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(term);
  if (iso) {
    const [year, month, day] = [Number(iso[1]), Number(iso[2]) - 1, iso[3]];
    if (month > 11) return undefined;
    return {
      span: day === undefined ? monthSpan(year, month) : daySpan(utc(year, month, Number(day))),
      said: said(at),
    };
  }
  const dotted = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(term);
  if (dotted) {
    const [first, second, year] = [Number(dotted[1]), Number(dotted[2]), Number(dotted[3])];
    const [day, month] = second > 12 ? [second, first] : [first, second];
    return month > 12 || month < 1 ? undefined : { span: daySpan(utc(year, month - 1, day)), said: said(at) };
  }
  const month = MONTHS.get(term);
  // `may` and `march` are verbs too: taken as months only beside a number or after a word of time.
  if (month !== undefined && (!["may", "march", "mars"].includes(term) || besideDate(terms, at))) {
    const dayBefore = dayNumber(before === "de" || before === "of" ? terms[at - 2] : before);
    const dayAfter = isYear(after) ? undefined : dayNumber(after);
    const day = dayBefore ?? dayAfter;
    const place = [at + 1, at + 2, at + 3].find((next) => isYear(terms[next]));
    const near =
      place !== undefined &&
      terms.slice(at + 1, place).every((one) => dayNumber(one) !== undefined || BETWEEN.has(one));
    const step = has(LAST, before) || has(LAST, after) ? -1 : has(NEXT, before) ? 1 : 0;
    const whole = near ? monthSpan(Number(terms[place]), month) : monthNear(month, now, step, told);
    const places = said(
      at,
      ...(near ? [place] : []),
      ...(dayBefore !== undefined ? [at - 1] : []),
      ...(dayAfter !== undefined ? [at + 1] : []),
      ...(step ? [at - 1] : []),
    );
    return {
      span: day === undefined ? whole : daySpan(whole.from + (day - 1) * DAY_MS),
      yearly: !near && step === 0,
      said: places,
    };
  }
  if (isYear(term))
    return { span: unitSpan("year", Number(term) - new Date(now).getUTCFullYear(), now), said: said(at) };
  if (YESTERDAY.has(term)) return { span: unitSpan("day", -1, now), said: said(at) };
  if (TODAY.has(term)) return { span: unitSpan("day", 0, now), said: said(at) };
  const unit = UNITS.get(term);
  if (unit !== undefined) return aroundUnit(terms, at, unit, now);
  const weekday = WEEKDAYS.get(term);
  if (weekday !== undefined && (has(LAST, before) || has(LAST, after) || has(THIS, before))) {
    const back = (new Date(now).getUTCDay() - weekday + 7) % 7 || 7;
    return { span: unitSpan("day", -back, now), said: said(at, at - 1) };
  }
  return TOMORROW.has(term) ? { span: unitSpan("day", 1, now), said: said(at) } : undefined;
}

function aroundUnit(
  terms: readonly string[],
  at: number,
  unit: Unit,
  now: number,
): TimeExpression | undefined {
  const before = terms[at - 1];
  const after = terms[at + 1];
  const count = numberOf(before);
  if (count !== undefined) {
    const said = new Set([at, at - 1, at + 1]);
    const distance = count * UNIT_DAYS[unit] * DAY_MS;
    if (has(AGO, after) || has(AGO, terms[at - 2]) || (terms[at - 4] === "il" && terms[at - 3] === "y")) {
      const slack = unit === "day" ? 0 : (UNIT_DAYS[unit] * DAY_MS) / 2;
      const moment = dayOf(now - distance);
      return { span: { from: moment - slack, to: moment + DAY_MS - 1 + slack }, said };
    }
    if (has(AFTER, after)) return { offset: distance, said };
    if (has(BEFORE, after)) return { offset: -distance, said };
    return undefined;
  }
  const step =
    has(LAST, before) || has(LAST, after)
      ? -1
      : has(NEXT, before) || has(NEXT, after)
        ? 1
        : has(THIS, before)
          ? 0
          : undefined;
  if (step === undefined) return undefined;
  return { span: unitSpan(unit, step, now), said: new Set([at, at - 1]) };
}

const daySpan = (from: number): Span => span(from, from + DAY_MS);
const has = (set: ReadonlySet<string>, term: string | undefined): boolean =>
  term !== undefined && set.has(term);
const besideDate = (terms: readonly string[], at: number): boolean => {
  const before = terms[at - 1];
  const after = terms[at + 1];
  return (
    dayNumber(before) !== undefined ||
    dayNumber(after) !== undefined ||
    isYear(after) ||
    has(LAST, before) ||
    has(NEXT, before) ||
    ["in", "since", "of", "during", "until", "by", "im", "en"].includes(before ?? "")
  );
};
