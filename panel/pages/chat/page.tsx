import { Bot } from "lucide-react";
import { useEffect } from "react";
import { Link, Redirect, useRoute } from "wouter";
import { useCapability } from "../../client/index.ts";
import { Empty, Page, ProblemNotice, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { Chat } from "./chat.tsx";
import { pathOf } from "./identity.ts";
import { NoAgents } from "./sidebar/index.ts";
import { loadThread } from "./thread/index.ts";

const LAST_AGENT = "fieldwork.chat.agent";
/** Nobody has written a first message by then, and the page stands. */
const THREAD_AFTER_MS = 1500;

/** `/chat`, `/chat/:agent`, `/chat/:agent/:session` */
export function ChatPage() {
  const [, params] = useRoute("/chat/:agent?/:session?");
  const agents = useCapability("agent.list", { kind: "agent" });
  const agent = params?.agent;
  const session = params?.session;
  const begun = session !== undefined;
  useEffect(() => {
    const timer = setTimeout(() => void loadThread().catch(() => undefined), begun ? 0 : THREAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [begun]);
  useEffect(() => {
    if (agent !== undefined) localStorage.setItem(LAST_AGENT, agent);
  }, [agent]);

  if (!agents.data)
    return (
      <Page title={t.shell.chat}>
        {agents.error ? (
          <ProblemNotice problem={agents.error} retry={() => void agents.refetch()} />
        ) : (
          <Skeleton lines={5} />
        )}
      </Page>
    );
  const list = agents.data.agents.filter(({ state }) => state !== "removed");
  const last = localStorage.getItem(LAST_AGENT);
  const first =
    list.find(({ id, state }) => id === last && state === "ready") ??
    list.find(({ state }) => state === "ready") ??
    list[0];
  if (!first)
    return (
      <Page title={t.shell.chat}>
        <NoAgents />
      </Page>
    );
  if (agent === undefined) return <Redirect to={pathOf(first.id)} replace />;
  if (session === undefined && !agents.isFetching && !list.some(({ id }) => id === agent))
    return (
      <Page title={t.shell.chat}>
        <Empty
          icon={Bot}
          title={t.chat.noSuchAgent(agent)}
          action={<Link href={pathOf(first.id)}>{t.chat.talkTo(first.display_name)}</Link>}
        >
          {t.chat.noSuchAgentMore}
        </Empty>
      </Page>
    );
  return <Chat agents={list} agent={agent} session={session} />;
}
