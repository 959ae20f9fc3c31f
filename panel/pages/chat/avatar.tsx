import style from "./chat.module.css";

const KINDS = 5;

/** An agent's letter, in a colour that stays the same for it. */
export function Avatar({
  id,
  name,
  large,
}: {
  readonly id: string;
  readonly name: string;
  readonly large?: boolean;
}) {
  const sum = [...id].reduce((all, letter) => all + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span
      className={`${style.avatar} ${large ? style.large : ""}`}
      style={{ "--kind": `var(--kind-${(sum % KINDS) + 1})` } as React.CSSProperties}
      aria-hidden
    >
      {[...name.trim()][0]?.toLocaleUpperCase() ?? "?"}
    </span>
  );
}
