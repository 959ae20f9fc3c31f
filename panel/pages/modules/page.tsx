import { Boxes } from "lucide-react";
import { useSearchParams } from "wouter";
import type { CapabilityOutput } from "#contract";
import { useCapability } from "../../client/index.ts";
import { Empty, Page, ProblemNotice, SearchField, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./modules.module.css";
import { ModuleRow } from "./row.tsx";

export type Module = CapabilityOutput<"agent.list">["agents"][number];

/** What is loaded, and what is not and why. */
export function ModulesPage() {
  const words = t.modules;
  const [search, setSearch] = useSearchParams();
  const sought = search.get("q") ?? "";
  const { data, error, refetch } = useCapability("agent.list", {});
  const found = data?.agents.filter((one) => matches(one, sought));
  const home = found?.filter(({ built_in }) => !built_in).toSorted(brokenFirst);
  const builtIn = found?.filter(({ built_in }) => built_in);
  const broken = data?.agents.filter(({ state }) => state === "broken").length ?? 0;

  return (
    <Page title={t.shell.modules} lead={words.lead}>
      {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && home && builtIn && (
        <>
          <div className={style.bar}>
            <SearchField
              label={words.search}
              value={sought}
              onChange={({ target }) => setSearch(target.value ? { q: target.value } : {}, { replace: true })}
            />
            <p>{words.counts(data.agents.filter(({ state }) => state === "ready").length, broken)}</p>
          </div>
          {(home.length > 0 || sought === "") && (
            <section className={style.group} aria-label={words.home}>
              <header>
                <h2>{words.home}</h2>
                <p>{words.homeMore}</p>
              </header>
              {home.length === 0 ? (
                <p className={style.nothing}>{words.homeEmpty}</p>
              ) : (
                <ul>
                  {home.map((one) => (
                    <ModuleRow key={one.id} module={one} open={one.state === "broken"} />
                  ))}
                </ul>
              )}
            </section>
          )}
          {builtIn.length > 0 && (
            <section className={style.group} aria-label={words.builtIn}>
              <header>
                <h2>{words.builtIn}</h2>
                <p>{words.builtInMore}</p>
              </header>
              <ul>
                {builtIn.map((one) => (
                  <ModuleRow key={one.id} module={one} open={sought !== "" && !named(one, sought)} />
                ))}
              </ul>
            </section>
          )}
          {found?.length === 0 && <Empty icon={Boxes} title={words.nothing(sought)} />}
        </>
      )}
    </Page>
  );
}

const has = (text: string, sought: string): boolean =>
  sought
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.toLocaleLowerCase().includes(word));
const named = ({ id, display_name, kind, description }: Module, sought: string): boolean =>
  has(`${id} ${display_name} ${kind} ${description}`, sought);
const matches = (one: Module, sought: string): boolean =>
  named(one, sought) || [...one.provides, ...one.functions].some(({ name }) => has(name, sought));

const brokenFirst = (a: Module, b: Module): number =>
  Number(b.state === "broken") - Number(a.state === "broken") || a.display_name.localeCompare(b.display_name);
