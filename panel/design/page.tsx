import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useEffect } from "react";
import { Link } from "wouter";
import { t } from "../text/index.ts";
import style from "./page.module.css";

/** A page with a heading, what can be done there, and its content. */
export function Page({
  title,
  lead,
  back,
  mark,
  state,
  actions,
  bar,
  children,
  wide,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  /** The page that this one is a part of. */
  readonly back?: readonly [path: string, words: string];
  /** A picture before the heading. */
  readonly mark?: ReactNode;
  /** A badge behind the heading. */
  readonly state?: ReactNode;
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
        <div className={style.title}>
          {back && (
            <Link href={back[0]} className={style.back}>
              <ChevronLeft size={14} aria-hidden />
              {back[1]}
            </Link>
          )}
          {mark}
          <div>
            <div className={style.name}>
              <h1>{title}</h1>
              {state}
            </div>
            {lead && <p>{lead}</p>}
          </div>
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
