import { locale } from "../text/index.ts";
import style from "./chart.module.css";

export interface Day {
  /** In UTC, such as `2026-01-31`. */
  readonly day: string;
  /** What stands on one another, from the bottom. */
  readonly parts: readonly number[];
  /** The parts, as a person reads them. */
  readonly words: string;
}

const dayName = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
const nameOf = ({ day }: Day) => dayName.format(new Date(day));
const heightOf = ({ parts }: Day) => parts.reduce((sum, part) => sum + part, 0);

/** A bar for each day, as a list that can be read; the bars are only its picture. */
export function DayBars({ label, days }: { readonly label: string; readonly days: readonly Day[] }) {
  const most = Math.max(...days.map(heightOf), Number.EPSILON);
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className={style.byDay}>
      <ul className={style.days} aria-label={label}>
        {days.map((one) => (
          <li key={one.day} title={`${nameOf(one)}: ${one.words}`}>
            {one.parts.map((part, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name.
              <span key={at} style={{ blockSize: `${(100 * part) / most}%` }} aria-hidden />
            ))}
            <span className="visually-hidden">
              {nameOf(one)}: {one.words}
            </span>
          </li>
        ))}
      </ul>
      <figcaption aria-hidden>
        <span>{first && nameOf(first)}</span>
        <span>{label}</span>
        <span>{last && nameOf(last)}</span>
      </figcaption>
    </figure>
  );
}
