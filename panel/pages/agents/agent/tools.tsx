import { RotateCcw, Search } from "lucide-react";
import { useMemo, useState } from "react";
import { useSearchParams } from "wouter";
import type { CapabilityOutput } from "#contract";
import { useCapability } from "../../../client/index.ts";
import {
  Badge,
  Button,
  Checkbox,
  Empty,
  ProblemNotice,
  SearchField,
  Skeleton,
  type Tone,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { useConfig } from "./config.ts";
import { declaredIn, expand } from "./declared.ts";
import style from "./tools.module.css";

type Tool = CapabilityOutput<"tool.specs">["tools"][number];

const TONES: Readonly<Record<string, Tone>> = {
  write: "info",
  network: "warn",
  exec: "warn",
  message: "warn",
  money: "warn",
  system: "bad",
};

/** The tools that stand in its prompt, chosen from the catalogue. */
export function Tools({ agent }: { readonly agent: Agent }) {
  const words = t.agents.tools;
  const [search, setSearch] = useSearchParams();
  const sought = search.get("q") ?? "";
  const { config, error, refetch, saving, change } = useConfig(agent.id);
  const { data: all } = useCapability("tool.specs", { all: true });
  const { data: usual } = useCapability("tool.specs", {});
  const { data: manifest } = useCapability("agent.file.read", { id: agent.id, path: "manifest.json" });
  const [pending, setPending] = useState<ReadonlySet<string>>();

  const families = useMemo(() => byFamily(all?.tools ?? [], sought), [all, sought]);
  if (error) return <ProblemNotice problem={error} retry={() => void refetch()} />;
  if (!config || !all || !usual) return <Skeleton lines={8} />;

  const names = all.tools.map(({ name }) => name);
  const declared = declaredIn(manifest?.content) ?? usual.tools.map(({ name }) => name);
  const chosen = pending ?? new Set(expand(config.tools ?? declared, names));
  const set = async (next: ReadonlySet<string>) => {
    setPending(next);
    await change({ tools: names.filter((name) => next.has(name)) });
    setPending((now) => (now === next ? undefined : now));
  };
  const toggle = (name: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(name);
    else next.delete(name);
    void set(next);
  };

  return (
    <div className={style.tools}>
      <header>
        <div>
          <h2>{words.title(chosen.size)}</h2>
          <p>{words.hint}</p>
        </div>
        {config.tools && (
          <Button
            small
            icon={RotateCcw}
            busy={saving === "busy"}
            onClick={() => void change({ tools: null })}
          >
            {words.reset}
          </Button>
        )}
      </header>
      <div className={style.bar}>
        <SearchField
          label={words.search}
          value={sought}
          onChange={({ target }) => setSearch(target.value ? { q: target.value } : {}, { replace: true })}
        />
        <span role="status">{saving === "done" ? t.agents.inForce : ""}</span>
      </div>
      {families.map(([family, tools]) => (
        <section key={family} aria-label={family}>
          <h3>
            {family}
            <small>{words.chosen(tools.filter(({ name }) => chosen.has(name)).length, tools.length)}</small>
          </h3>
          <ul>
            {tools.map((tool) => (
              <li key={tool.name}>
                <Checkbox
                  label={tool.title}
                  hint={tool.summary}
                  checked={chosen.has(tool.name)}
                  onChange={({ target }) => toggle(tool.name, target.checked)}
                />
                <span className={style.marks}>
                  {TONES[tool.effect] && (
                    <Badge tone={TONES[tool.effect] as Tone}>{t.agents.effects[tool.effect]}</Badge>
                  )}
                  <code>{tool.name}</code>
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {families.length === 0 && <Empty icon={Search} title={t.agents.nothing(sought)} />}
    </div>
  );
}

function byFamily(tools: readonly Tool[], sought: string): (readonly [string, readonly Tool[]])[] {
  const words = sought.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = tools.filter(({ name, title, summary }) => {
    const text = `${name} ${title} ${summary}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  return Object.entries(Object.groupBy(found, ({ name }) => name.split(".")[0] ?? name)).map(
    ([family, members]) => [family, members ?? []] as const,
  );
}
