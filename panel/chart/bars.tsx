import style from "./chart.module.css";

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** The value, as a person reads it. */
  readonly words: string;
}

/** Parts of a whole or things beside each other, as a list whose bars are only its picture. */
export function Bars({ label, bars }: { readonly label: string; readonly bars: readonly Bar[] }) {
  const most = Math.max(...bars.map(({ value }) => value), Number.EPSILON);
  return (
    <ul className={style.bars} aria-label={label}>
      {bars.map(({ name, value, words }) => (
        <li key={name}>
          <span>{name}</span>
          <span className={style.track} aria-hidden>
            <span style={{ inlineSize: `${Math.max((100 * value) / most, value > 0 ? 1 : 0)}%` }} />
          </span>
          <span>{words}</span>
        </li>
      ))}
    </ul>
  );
}
