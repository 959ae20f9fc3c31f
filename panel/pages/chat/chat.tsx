import { PanelLeft } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import type { ModuleInfo } from "#contract";
import { IconButton, useTitle } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./chat.module.css";
import { Sidebar } from "./sidebar/index.ts";
import { Talk } from "./talk.tsx";

const COLLAPSED = "fieldwork.chat.collapsed";
const WIDE = "(width >= 1180px)";
const COMPOSER_HEIGHT = "7rem";
const SIDEBAR = "conversations";

/** The conversations beside the one that is open. */
export function Chat({
  agents,
  agent,
  session,
}: {
  readonly agents: readonly ModuleInfo[];
  readonly agent: string;
  readonly session: string | undefined;
}) {
  const sidebar = useRef<HTMLElement>(null);
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(COLLAPSED) !== null);
  const info = agents.find(({ id }) => id === agent);
  const name = info?.display_name ?? agent;
  useTitle(t.shell.chat);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation closes the drawer.
  useEffect(() => sidebar.current?.hidePopover?.(), [agent, session]);
  // Toasts stay above what is being written.
  useEffect(() => {
    const { style: root } = document.documentElement;
    root.setProperty("--kept-free", COMPOSER_HEIGHT);
    return () => void root.removeProperty("--kept-free");
  }, []);
  const show = (shown: boolean) => {
    if (!matchMedia(WIDE).matches)
      return shown ? sidebar.current?.showPopover() : sidebar.current?.hidePopover();
    setCollapsed(!shown);
    if (shown) localStorage.removeItem(COLLAPSED);
    else localStorage.setItem(COLLAPSED, "1");
  };
  const toggle: ReactNode = (
    <span className={style.toggle} data-collapsed={collapsed || undefined}>
      <IconButton icon={PanelLeft} label={t.chat.showConversations} onClick={() => show(true)} />
    </span>
  );

  return (
    <div className={style.chat}>
      <Sidebar
        ref={sidebar}
        id={SIDEBAR}
        agents={agents}
        agent={agent}
        session={session}
        collapsed={collapsed}
        onHide={() => show(false)}
      />
      <Talk
        key={`${agent} ${session ?? ""}`}
        agent={agent}
        name={name}
        info={info}
        session={session}
        toggle={toggle}
      />
    </div>
  );
}
