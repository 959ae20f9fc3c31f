import style from "./segments.module.css";

/** One of a few ways to see the same thing; all are in sight. */
export function Segments<Name extends string>({
  label,
  options,
  current,
  onSelect,
}: {
  readonly label: string;
  readonly options: readonly (readonly [name: Name, words: string])[];
  readonly current: Name;
  onSelect(name: Name): void;
}) {
  return (
    <fieldset className={style.segments}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([name, words]) => (
        <button key={name} type="button" aria-pressed={name === current} onClick={() => onSelect(name)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}
