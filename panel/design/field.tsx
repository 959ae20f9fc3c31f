import { Search } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import style from "./field.module.css";

interface FieldOptions {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong with what stands there. */
  readonly problem?: string | undefined;
  /** The label is for screen readers only. */
  readonly bare?: boolean;
}

function useField({ label, hint, problem, bare }: FieldOptions, control: (ids: FieldIds) => ReactNode) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div className={style.field}>
      <label htmlFor={id} className={bare ? "visually-hidden" : style.label}>
        {label}
      </label>
      {control({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(problem ? { "aria-invalid": true } : {}),
      })}
      {hint && (
        <p id={`${id}-hint`} className={style.hint}>
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} className={style.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

interface FieldIds {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: boolean;
}

type Control<T extends "input" | "textarea" | "select"> = Omit<ComponentProps<T>, "className" | "id"> &
  FieldOptions;

/** One line of text. */
export function TextField({ label, hint, problem, bare, ...rest }: Control<"input">) {
  return useField({ label, hint, problem, ...(bare ? { bare } : {}) }, (ids) => (
    <input type="text" autoComplete="off" {...rest} {...ids} className={style.input} />
  ));
}

/** Words to search by; what is searched stands in it while it is empty. */
export const SearchField = (props: Control<"input">) => (
  <div className={style.search}>
    <Search size={16} aria-hidden />
    <TextField bare type="search" placeholder={props.label} {...props} />
  </div>
);

/** Several lines of text; `mono` for code and JSON. */
export function TextArea({
  label,
  hint,
  problem,
  bare,
  mono,
  ...rest
}: Control<"textarea"> & { readonly mono?: boolean }) {
  return useField({ label, hint, problem, ...(bare ? { bare } : {}) }, (ids) => (
    <textarea
      rows={4}
      {...rest}
      {...ids}
      className={`${style.input} ${style.area} ${mono ? style.mono : ""}`}
    />
  ));
}

/** One of a few. */
export function Select({
  label,
  hint,
  problem,
  bare,
  options,
  ...rest
}: Control<"select"> & { readonly options: readonly (readonly [value: string, words: string])[] }) {
  return useField({ label, hint, problem, ...(bare ? { bare } : {}) }, (ids) => (
    <select {...rest} {...ids} className={`${style.input} ${style.select}`}>
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  ));
}

/** Yes or no, in force at once. */
export function Switch({
  label,
  hint,
  bare,
  ...rest
}: Omit<ComponentProps<"input">, "className" | "id" | "type"> & FieldOptions) {
  const id = useId();
  return (
    <div className={style.switchRow}>
      <input
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says itself whether it is checked.
        role="switch"
        {...rest}
        id={id}
        className={style.switch}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
      />
      <div>
        <label htmlFor={id} className={bare ? "visually-hidden" : undefined}>
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className={style.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** Yes or no, in a form or a list. */
export function Checkbox({
  label,
  hint,
  ...rest
}: Omit<ComponentProps<"input">, "className" | "id" | "type"> & FieldOptions) {
  const id = useId();
  return (
    <div className={style.switchRow}>
      <input
        type="checkbox"
        {...rest}
        id={id}
        className={style.check}
        {...(hint ? { "aria-describedby": `${id}-hint` } : {})}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <p id={`${id}-hint`} className={style.hint}>
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
