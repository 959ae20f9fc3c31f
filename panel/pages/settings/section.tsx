import type { ReactNode } from "react";
import style from "./settings.module.css";

/** The heading of a section, what it is for, and what can be done in it. */
export function SectionHead({
  title,
  lead,
  actions,
}: {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <header className={style.head}>
      <div>
        <h2>{title}</h2>
        {lead && <p>{lead}</p>}
      </div>
      {actions && <div className={style.buttons}>{actions}</div>}
    </header>
  );
}

/** One thing of a list: what it is, a line about it, and what can be done with it. */
export function Row({
  name,
  about,
  marks,
  actions,
}: {
  readonly name: ReactNode;
  readonly about?: ReactNode;
  readonly marks?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <li className={style.row}>
      <div>
        <p className={style.name}>
          {name} {marks}
        </p>
        {about && <p className={style.about}>{about}</p>}
      </div>
      {actions && <div className={style.buttons}>{actions}</div>}
    </li>
  );
}
