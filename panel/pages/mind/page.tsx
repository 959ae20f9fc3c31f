import { Brain } from "lucide-react";
import { Link, Redirect, useLocation, useRoute } from "wouter";
import { useCapability } from "../../client/index.ts";
import { Empty, Page, ProblemNotice, Select, Skeleton, Tabs } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { Diary } from "./diary/diary.tsx";
import { Doctrine } from "./doctrine/doctrine.tsx";
import { Graph } from "./graph/graph.tsx";
import { Insights } from "./insights/insights.tsx";
import { Lessons } from "./lessons/lessons.tsx";
import { Memories } from "./memories/memories.tsx";
import style from "./page.module.css";

const VIEWS = {
  memories: Memories,
  lessons: Lessons,
  doctrine: Doctrine,
  graph: Graph,
  insights: Insights,
  diary: Diary,
} as const;
type View = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as readonly View[];

/** The mind of one agent, part by part: `/mind/AGENT/PART`. */
export function MindPage() {
  const [, go] = useLocation();
  const [, given] = useRoute<{ agent?: string; view?: string }>("/mind/:agent?/:view?");
  const { data, error, refetch } = useCapability("agent.list", { kind: "agent" });
  const agents = data?.agents.filter(({ built_in }) => !built_in);
  const agent = given?.agent;
  const view = NAMES.find((name) => name === given?.view);

  if (!agents)
    return (
      <Page title={t.shell.mind}>
        {error ? <ProblemNotice problem={error} retry={refetch} /> : <Skeleton lines={6} />}
      </Page>
    );
  const first = agents[0];
  if (!first)
    return (
      <Page title={t.shell.mind}>
        <Empty icon={Brain} title={t.mind.noAgents} action={<Link href="/agents">{t.mind.toAgents}</Link>}>
          {t.mind.noAgentsMore}
        </Empty>
      </Page>
    );
  if (agent === undefined || view === undefined)
    return <Redirect to={`/mind/${agent ?? first.id}/${view ?? "memories"}`} replace />;

  const Shown = VIEWS[view];
  const options = agents.map(({ id, display_name }) => [id, display_name] as const);
  return (
    <Page
      wide
      title={t.shell.mind}
      lead={t.mind.lead}
      actions={
        <div className={style.agent}>
          <Select
            bare
            label={t.mind.agent}
            value={agent}
            options={options.some(([id]) => id === agent) ? options : [...options, [agent, agent]]}
            onChange={({ target }) => go(`/mind/${target.value}/${view}`)}
          />
        </div>
      }
      bar={
        <Tabs
          label={t.mind.views}
          tabs={NAMES.map((name) => [name, t.mind.tabs[name]])}
          current={view}
          onSelect={(name) => go(`/mind/${agent}/${name}`)}
        />
      }
    >
      <Shown key={agent} agent={agent} />
    </Page>
  );
}
