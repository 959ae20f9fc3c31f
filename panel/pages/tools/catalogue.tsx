import { SearchX } from "lucide-react";
import { useDeferredValue } from "react";
import { Link, useSearchParams } from "wouter";
import type { ToolSpec } from "#contract";
import { useCapability } from "../../client/index.ts";
import { Badge, Empty, Page, ProblemNotice, SearchField, Skeleton } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./tools.module.css";

export const EFFECT_TONES = {
  none: "neutral",
  read: "neutral",
  write: "info",
  network: "info",
  message: "warn",
  exec: "warn",
  money: "warn",
  system: "bad",
} as const;

/** Every tool there is, by family, narrowed by words. */
export function Catalogue() {
  const [params, setParams] = useSearchParams();
  const sought = params.get("q") ?? "";
  const query = useDeferredValue(sought.trim());
  const all = useCapability("tool.specs", { all: true });
  const found = useCapability("tool.search", query === "" ? undefined : { query, k: 50 });
  const shown = query === "" ? all.data?.tools : found.data?.tools;

  return (
    <Page
      title={t.shell.tools}
      lead={t.tools.lead}
      bar={
        <div className={style.search}>
          <SearchField
            label={t.tools.search}
            placeholder={t.tools.searchHint}
            value={sought}
            onChange={(event) =>
              setParams(event.target.value ? { q: event.target.value } : {}, { replace: true })
            }
          />
          <span role="status">{shown && t.tools.count(shown.length)}</span>
        </div>
      }
    >
      {all.error && <ProblemNotice problem={all.error} retry={() => all.refetch()} />}
      {!shown && !all.error && <Skeleton lines={8} />}
      {shown?.length === 0 && (
        <Empty icon={SearchX} title={t.tools.none}>
          {t.tools.noneMore}
        </Empty>
      )}
      {shown &&
        (query === "" ? byFamily(shown) : ([["", shown]] as const)).map(([family, tools]) => (
          <section key={family} className={style.family} aria-label={family || t.tools.search}>
            {family && <h2>{family}</h2>}
            <ul>
              {tools.map((one) => (
                <li key={one.name}>
                  <Link href={`/tools/${encodeURIComponent(one.name)}`}>
                    <span>
                      <strong>{one.title}</strong>
                      <code>{one.name}</code>
                    </span>
                    <span>{one.summary}</span>
                    <Badge tone={EFFECT_TONES[one.effect]}>{t.tools.effects[one.effect]}</Badge>
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        ))}
    </Page>
  );
}

function byFamily(tools: readonly ToolSpec[]): readonly (readonly [string, readonly ToolSpec[]])[] {
  const families = Map.groupBy(tools, ({ name }) => name.split(".")[0] ?? name);
  const single = [...families].filter(([, of]) => of.length === 1).flatMap(([, of]) => of);
  const several = [...families].filter(([, of]) => of.length > 1);
  return [
    ...several.sort(([a], [b]) => a.localeCompare(b)),
    ...(single.length > 0 ? [[t.common.more, single] as const] : []),
  ];
}
