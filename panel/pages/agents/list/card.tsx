import { Link } from "wouter";
import { Ago, Avatar, Badge } from "../../../design/index.ts";
import { StateBadge } from "../../../module/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import style from "./list.module.css";

/** One agent at a glance. */
export function AgentCard({ agent }: { readonly agent: Agent }) {
  const { id, display_name, description, state, kind, icon, last_active_at, sessions, model } = agent;
  return (
    <Link href={`/agents/${id}`} className={style.card} data-quiet={state === "disabled" || undefined}>
      <span className={style.head}>
        <Avatar id={id} name={display_name} icon={icon} />
        <span className={style.names}>
          <strong>{display_name}</strong>
          <small>{id}</small>
        </span>
        {kind !== "agent" && <Badge>{t.module.kinds[kind] ?? kind}</Badge>}
        <StateBadge state={state} />
      </span>
      <span className={style.words}>{description || t.agents.noDescription}</span>
      <span className={style.foot}>
        <span>{last_active_at ? <Ago at={last_active_at} /> : t.agents.neverUsed}</span>
        {sessions > 0 && <span>{t.agents.sessions(sessions)}</span>}
        {model && <span className={style.model}>{model.candidates[0]}</span>}
      </span>
    </Link>
  );
}
