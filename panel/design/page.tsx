import type { ReactNode } from "react";
import { useEffect } from "react";
import { t } from "../text/index.ts";
import style from "./page.module.css";

/** A page with a heading, what can be done there, and its content. */
export function Page({
  title,
  lead,
  actions,
  bar,
  children,
  wide,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  /** Tabs or filters, directly under the heading. */
  readonly bar?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  useTitle(title);
  return (
    <div className={`${style.page} ${wide ? style.wide : ""}`}>
      <header className={style.head}>
        <div>
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div className={style.actions}>{actions}</div>}
      </header>
      {bar}
      <div className={style.content}>{children}</div>
    </div>
  );
}

/** Names the page in the browser's title. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${t.product}`;
  }, [title]);
}
