import style from "./spinner.module.css";

/** That something is under way; the words stand beside it. */
export function Spinner({ large }: { readonly large?: boolean }) {
  return <span className={`${style.spinner} ${large ? style.large : ""}`} aria-hidden />;
}

/** How far something is: 0…1, or unknown. */
export function Progress({ value, label }: { readonly value?: number | undefined; readonly label: string }) {
  return (
    <progress
      className={style.progress}
      aria-label={label}
      {...(value === undefined ? {} : { value, max: 1 })}
    />
  );
}

/** Where text will be. */
export function Skeleton({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div className={style.skeleton} aria-hidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <span key={line} />
      ))}
    </div>
  );
}
