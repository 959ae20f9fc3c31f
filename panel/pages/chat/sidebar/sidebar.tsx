import { Archive, ArrowLeft, MessageSquare, PanelLeftClose, Pin, Search, SquarePen } from "lucide-react";
import { type Ref, useMemo, useState } from "react";
import { Link } from "wouter";
import type { ModuleInfo, SessionInfo } from "#contract";
import { useCapability } from "../../../client/index.ts";
import { Empty, IconButton, ProblemNotice, Skeleton, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Avatar } from "../avatar.tsx";
import { pathOf } from "../identity.ts";
import { found, groupsOf } from "./groups.ts";
import { ConversationMenu } from "./menu.tsx";
import style from "./sidebar.module.css";

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
  const { data, error, refetch } = useCapability("session.list", { archived, limit: LISTED });
  const sessions = useMemo(() => found(data?.sessions ?? [], sought), [data, sought]);
  const groups = useMemo(() => groupsOf(sessions, Date.now()), [sessions]);
  const names = new Map(agents.map((one) => [one.id, one.display_name]));
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
                <Avatar id={one.id} name={one.display_name} />
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
          onChange={(event) => setSought(event.target.value)}
        />
      </label>
      <p className="visually-hidden" aria-live="polite">
        {sought !== "" && t.chat.found(sessions.length)}
      </p>
      <nav className={style.list} aria-label={t.chat.conversations}>
        {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
        {!data && !error && <Skeleton lines={6} />}
        {data && sessions.length === 0 && (
          <p className={style.none}>
            {sought !== "" ? t.chat.nothingFound : archived ? t.chat.noneArchived : t.chat.none}
          </p>
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
                  {...(several ? { agentName: names.get(info.agent) ?? info.agent } : {})}
                />
              ))}
            </ul>
          </section>
        ))}
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
  agentName,
}: {
  readonly info: SessionInfo;
  readonly current: boolean;
  readonly agentName?: string;
}) {
  return (
    <li className={style.row} data-current={current || undefined}>
      <Link href={pathOf(info.agent, info.session)} aria-current={current ? "page" : undefined}>
        <span className={style.title}>{info.title || t.chat.untitled}</span>
        {agentName && <small>{agentName}</small>}
      </Link>
      {info.turn === "running" && (
        <span className={style.state}>
          <Spinner />
          <span className="visually-hidden">{t.chat.running}</span>
        </span>
      )}
      {info.turn === "waiting" && (
        <span className={style.state} data-waits>
          <span className="visually-hidden">{t.chat.waiting}</span>
        </span>
      )}
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
