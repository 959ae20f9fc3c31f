import { Bot, Plus, Search, Upload } from "lucide-react";
import { useRef } from "react";
import { useLocation, useSearchParams } from "wouter";
import { useCapability } from "../../../client/index.ts";
import { Button, Empty, Page, ProblemNotice, SearchField, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { PackDrop, type PackDropHandle } from "../install/drop.tsx";
import type { Agent } from "../module.ts";
import { NewAgent } from "../new_agent.tsx";
import { AgentCard } from "./card.tsx";
import style from "./list.module.css";
import { Waiting } from "./waiting.tsx";

const FEW = 6;

/** All agents of the home; packs are dropped here. */
export function AgentListPage({ making }: { readonly making?: boolean }) {
  const [, go] = useLocation();
  const [search, setSearch] = useSearchParams();
  const drop = useRef<PackDropHandle>(null);
  const { data, error, refetch } = useCapability("agent.list", {});
  const agents = data?.agents.filter(({ built_in, state }) => !built_in && state !== "removed");
  const sought = search.get("q") ?? "";
  const shown = agents?.filter((one) => found(one, sought));

  return (
    <Page
      title={t.shell.agents}
      lead={t.agents.lead}
      actions={
        <>
          <Button icon={Upload} onClick={() => drop.current?.choose()}>
            {t.agents.install.button}
          </Button>
          <Button look="primary" icon={Plus} onClick={() => go("/agents/new")}>
            {t.agents.make.button}
          </Button>
        </>
      }
    >
      {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
      {!agents && !error && <Skeleton lines={6} />}
      {agents && agents.length > FEW && (
        <div className={style.search}>
          <SearchField
            label={t.agents.search}
            value={sought}
            onChange={({ target: { value } }) => setSearch(value ? { q: value } : {}, { replace: true })}
          />
        </div>
      )}
      {shown && <Waiting agents={shown} />}
      {shown && shown.length > 0 && (
        <ul className={style.cards}>
          {shown.toSorted(byUse).map((agent) => (
            <li key={agent.id}>
              <AgentCard agent={agent} />
            </li>
          ))}
        </ul>
      )}
      {agents?.length === 0 && (
        <Empty
          icon={Bot}
          title={t.agents.empty}
          action={
            <Button look="primary" icon={Plus} onClick={() => go("/agents/new")}>
              {t.agents.make.button}
            </Button>
          }
        >
          {t.agents.emptyMore}
        </Empty>
      )}
      {agents && agents.length > 0 && shown?.length === 0 && (
        <Empty icon={Search} title={t.agents.nothing(sought)} />
      )}
      {agents && agents.length > 0 && <p className={style.hint}>{t.agents.install.hint}</p>}
      <PackDrop ref={drop} />
      {making && <NewAgent agents={data?.agents ?? []} onClose={() => go("/agents")} />}
    </Page>
  );
}

const found = ({ id, display_name, description, kind }: Agent, sought: string): boolean => {
  const text = `${id} ${display_name} ${description} ${kind}`.toLocaleLowerCase();
  return sought
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** Those that were used last come first; then by name. */
const byUse = (a: Agent, b: Agent): number =>
  (b.last_active_at ?? "").localeCompare(a.last_active_at ?? "") ||
  a.display_name.localeCompare(b.display_name);
