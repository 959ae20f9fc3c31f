import { useId } from "react";
import style from "./choice.module.css";

/** One of two or three, side by side; `tone` gives a colour with a meaning to the one that is chosen. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [value: Value, words: string, tone?: "warn" | "bad"])[];
  onChange(value: Value): void;
}) {
  const name = useId();
  return (
    <fieldset className={style.choice}>
      <legend className="visually-hidden">{label}</legend>
      {options.map(([one, words, tone]) => (
        <label key={one} data-tone={tone}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            value={one}
            checked={one === value}
            onChange={() => onChange(one)}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
