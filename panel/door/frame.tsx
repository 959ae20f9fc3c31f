import type { ReactNode } from "react";
import { useTitle } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./frame.module.css";

/** What stands before the panel: one thing to do, in the middle. */
export function Frame({
  title,
  lead,
  children,
  wide,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  useTitle(title);
  return (
    <div className={style.door}>
      <main className={`${style.frame} ${wide ? style.wide : ""}`}>
        <header>
          <img src="/icon.svg" alt={t.product} width={44} height={44} />
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </header>
        {children}
      </main>
    </div>
  );
}
