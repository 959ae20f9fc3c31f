import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import style from "./surface.module.css";

/** A bounded piece of a page. */
export function Card({
  title,
  actions,
  children,
  flush,
}: {
  readonly title?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  /** The content reaches the edge: lists and tables. */
  readonly flush?: boolean;
}) {
  return (
    <section className={`${style.card} ${flush ? style.flush : ""}`}>
      {(title || actions) && (
        <header className={style.cardHead}>
          {title && <h2>{title}</h2>}
          {actions && <div className={style.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

export type Tone = "neutral" | "good" | "warn" | "bad" | "info";

/** A short state, in words and colour. */
export function Badge({
  tone = "neutral",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) {
  return <span className={`${style.badge} ${style[tone]}`}>{children}</span>;
}

/** Something to know that stands in the page. `bad` and `warn` are read out. */
export function Notice({
  tone = "info",
  title,
  children,
  actions,
}: {
  readonly tone?: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div
      className={`${style.notice} ${style[tone]}`}
      role={tone === "bad" || tone === "warn" ? "alert" : "note"}
    >
      <div>
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={style.actions}>{actions}</div>}
    </div>
  );
}

/** Where there is nothing yet: what would be here, and how to get it. */
export function Empty({
  icon: Icon,
  title,
  children,
  action,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className={style.empty}>
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}

/** Names and values. */
export function Facts({ items }: { readonly items: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={style.facts}>
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A key of the keyboard. */
export const Key = ({ children }: { readonly children: ReactNode }) => (
  <kbd className={style.key}>{children}</kbd>
);
