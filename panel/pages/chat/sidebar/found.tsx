import { Archive } from "lucide-react";
import { Link } from "wouter";
import type { SessionFound } from "#contract";
import { AgentName } from "../../../agent/index.ts";
import { Ago } from "../../../design/index.ts";
import { Excerpt } from "../../../excerpt/index.ts";
import { t } from "../../../text/index.ts";
import { pathOf } from "../identity.ts";
import style from "./found.module.css";

/** So much of a line stands before the word that was sought. */
const BEFORE_CHARS = 18;

/** A conversation in which something was found, with the places: each leads to where it was said. */
export function Found({
  found: { agent, session, title, archived, last_at, places },
  current,
  several,
}: {
  readonly found: SessionFound;
  readonly current: boolean;
  readonly several: boolean;
}) {
  return (
    <li className={style.found} data-current={current || undefined}>
      <Link href={pathOf(agent, session)} className={style.title} aria-current={current ? "page" : undefined}>
        <span>{title || t.chat.untitled}</span>
        <small>
          {several && (
            <>
              <AgentName id={agent} /> ·{" "}
            </>
          )}
          <Ago at={last_at} />
          {archived && (
            <span title={t.chat.archived}>
              {" "}
              · <Archive size={11} aria-label={t.chat.archived} />
            </span>
          )}
        </small>
      </Link>
      {places.length > 0 && (
        <ul>
          {places.map(({ n, who, excerpt, marks }) => (
            <li key={n}>
              <Link href={pathOf(agent, session, n)} className={style.place}>
                {who === "user" && <b>{t.chat.youSaid} </b>}
                <Excerpt text={excerpt} marks={marks} before={BEFORE_CHARS} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
