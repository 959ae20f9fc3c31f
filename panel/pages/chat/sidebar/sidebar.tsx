import { Archive, ArrowLeft, MessageSquare, PanelLeftClose, Pin, Search, SquarePen } from "lucide-react";
import { type Ref, useMemo, useState } from "react";
import { Link } from "wouter";
import type { ModuleInfo, SessionInfo } from "#contract";
import { AgentName } from "../../../agent/index.ts";
import { useCapability, useSettled } from "../../../client/index.ts";
import { Avatar, Empty, IconButton, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { pathOf } from "../identity.ts";
import { groupsOf } from "./groups.ts";
import { ConversationMenu } from "./menu.tsx";
import { Results } from "./results.tsx";
import style from "./sidebar.module.css";
import { TurnState } from "./waits.tsx";

const LISTED = 1000;

/** Agents to begin with, and the conversations there are. */
export function Sidebar({
  ref,
  id,
  agents,
  agent,
  session,
  collapsed,
  onHide,
}: {
  readonly ref: Ref<HTMLElement>;
  readonly id: string;
  readonly agents: readonly ModuleInfo[];
  readonly agent: string | undefined;
  readonly session: string | undefined;
  readonly collapsed: boolean;
  onHide(): void;
}) {
  const [sought, setSought] = useState("");
  const [archived, setArchived] = useState(false);
  const query = useSettled(sought.trim());
  const { data, error, refetch } = useCapability("session.list", { archived, limit: LISTED });
  const groups = useMemo(() => groupsOf(data?.sessions ?? [], Date.now()), [data]);
  const several = agents.length > 1;

  return (
    <aside
      ref={ref}
      id={id}
      popover="auto"
      className={style.sidebar}
      data-collapsed={collapsed || undefined}
      aria-label={t.chat.conversations}
    >
      <header className={style.top}>
        <Link href={pathOf(agent ?? agents[0]?.id ?? "")} className={style.fresh}>
          <SquarePen size={17} strokeWidth={1.8} aria-hidden />
          <span>{t.chat.fresh}</span>
        </Link>
        <IconButton icon={PanelLeftClose} label={t.chat.hideConversations} onClick={onHide} />
      </header>
      {several && (
        <ul className={style.agents} aria-label={t.chat.agents}>
          {agents.map((one) => (
            <li key={one.id}>
              <Link
                href={pathOf(one.id)}
                className={style.agent}
                aria-current={one.id === agent && session === undefined ? "page" : undefined}
                data-off={one.state !== "ready" || undefined}
                title={one.state === "ready" ? t.chat.talkTo(one.display_name) : t.chat.cannotTalk}
              >
                <Avatar id={one.id} name={one.display_name} icon={one.icon} small />
                <span>{one.display_name}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      <label className={style.search}>
        <Search size={15} aria-hidden />
        <span className="visually-hidden">{t.chat.search}</span>
        <input
          type="search"
          value={sought}
          placeholder={t.chat.search}
          maxLength={512}
          onChange={(event) => setSought(event.target.value)}
        />
      </label>
      <nav className={style.list} aria-label={t.chat.conversations}>
        {query !== "" && sought.trim() !== "" ? (
          <Results query={query} agent={agent} session={session} several={several} />
        ) : (
          <>
            {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
            {!data && !error && <Skeleton lines={6} />}
            {data?.sessions.length === 0 && (
              <p className={style.none}>{archived ? t.chat.noneArchived : t.chat.none}</p>
            )}
            {groups.map(({ name, sessions: list }) => (
              <section key={name}>
                <h2>{name}</h2>
                <ul>
                  {list.map((info) => (
                    <Row
                      key={`${info.agent} ${info.session}`}
                      info={info}
                      current={info.agent === agent && info.session === session}
                      several={several}
                    />
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </nav>
      <button type="button" className={style.archive} onClick={() => setArchived(!archived)}>
        {archived ? <ArrowLeft size={15} aria-hidden /> : <Archive size={15} aria-hidden />}
        <span>{archived ? t.chat.backFromArchive : t.chat.archived}</span>
      </button>
    </aside>
  );
}

function Row({
  info,
  current,
  several,
}: {
  readonly info: SessionInfo;
  readonly current: boolean;
  /** There are several agents: whose it is must be said. */
  readonly several: boolean;
}) {
  return (
    <li className={style.row} data-current={current || undefined}>
      <Link href={pathOf(info.agent, info.session)} aria-current={current ? "page" : undefined}>
        <span className={style.title}>{info.title || t.chat.untitled}</span>
        {several && (
          <small>
            <AgentName id={info.agent} />
          </small>
        )}
      </Link>
      <TurnState info={info} />
      {info.pinned && info.turn === "idle" && <Pin className={style.pin} size={13} aria-hidden />}
      <span className={style.menu}>
        <ConversationMenu info={info} current={current} />
      </span>
    </li>
  );
}

/** Where no agent is there to talk to. */
export const NoAgents = () => (
  <Empty icon={MessageSquare} title={t.chat.noAgents} action={<Link href="/agents">{t.chat.toAgents}</Link>}>
    {t.chat.noAgentsMore}
  </Empty>
);
