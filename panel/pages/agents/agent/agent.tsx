import { Bot, MessageSquareText } from "lucide-react";
import type { ComponentType } from "react";
import { Link, useLocation } from "wouter";
import { problemOf, useCapability } from "../../../client/index.ts";
import { Avatar, Button, Empty, Page, ProblemNotice, Skeleton, Tabs } from "../../../design/index.ts";
import { StateBadge } from "../../../module/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { Actions } from "./actions.tsx";
import { Files } from "./files.tsx";
import { Grants } from "./grants.tsx";
import { Limits } from "./limits.tsx";
import { Model } from "./model.tsx";
import { Needs } from "./needs.tsx";
import { Overview } from "./overview.tsx";
import { Prompt } from "./prompt.tsx";
import { Schedules } from "./schedules.tsx";
import { Tools } from "./tools.tsx";

const VIEWS = {
  overview: Overview,
  prompt: Prompt,
  model: Model,
  tools: Tools,
  grants: Grants,
  schedule: Schedules,
  limits: Limits,
  files: Files,
} as const satisfies Record<string, ComponentType<{ readonly agent: Agent }>>;
type View = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as View[];

const BACK = ["/agents", t.shell.agents] as const;

/** One agent: what it does, and all that its owner decides about it. */
export function AgentPage({ id, tab }: { readonly id: string; readonly tab: string | undefined }) {
  const [, go] = useLocation();
  const { data: agent, error, refetch } = useCapability("agent.show", { id });
  const view = NAMES.find((name) => name === tab) ?? "overview";
  const View = VIEWS[view];

  if (!agent)
    return (
      <Page title={id} back={BACK}>
        {!error && <Skeleton lines={6} />}
        {error && problemOf(error).code === "not_found" ? (
          <Empty icon={Bot} title={t.agents.gone(id)}>
            {t.agents.goneMore}
          </Empty>
        ) : (
          error && <ProblemNotice problem={error} retry={() => void refetch()} />
        )}
      </Page>
    );
  const { display_name, icon, state, kind, version } = agent;
  return (
    <Page
      title={display_name}
      back={BACK}
      mark={<Avatar id={id} name={display_name} icon={icon} large />}
      state={<StateBadge state={state} />}
      lead={[id, t.module.kinds[kind] ?? kind, version && t.agents.version(version)]
        .filter(Boolean)
        .join(" · ")}
      wide={view === "files"}
      actions={
        <>
          {state === "ready" && kind === "agent" && (
            <Button icon={MessageSquareText} onClick={() => go(`/chat/${id}`)}>
              {t.agents.talk}
            </Button>
          )}
          <Actions agent={agent} />
        </>
      }
      bar={
        <Tabs
          label={t.agents.views}
          current={view}
          onSelect={(name) => go(name === "overview" ? `/agents/${id}` : `/agents/${id}/${name}`)}
          tabs={NAMES.map((name) => [name, t.agents.tabs[name]] as const)}
        />
      }
    >
      {agent.built_in ? (
        <BuiltIn />
      ) : (
        <>
          <Needs agent={agent} files={view === "files"} />
          <View agent={agent} />
        </>
      )}
    </Page>
  );
}

const BuiltIn = () => (
  <Empty icon={Bot} title={t.agents.builtIn} action={<Link href="/modules">{t.shell.modules}</Link>}>
    {t.agents.builtInMore}
  </Empty>
);
