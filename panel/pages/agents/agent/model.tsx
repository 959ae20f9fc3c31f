import { ArrowDown, ArrowUp, X } from "lucide-react";
import { Link } from "wouter";
import { useCapability } from "../../../client/index.ts";
import { IconButton, Notice, ProblemNotice, Select, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { Budget } from "./budget.tsx";
import { useConfig } from "./config.ts";
import { LiveSwitch } from "./live_switch.tsx";
import style from "./model.module.css";
import { Section } from "./section.tsx";

/** Which models it asks, in which order, and what they may cost. */
export function Model({ agent }: { readonly agent: Agent }) {
  const words = t.agents.model;
  const { config, error, refetch, saving, change } = useConfig(agent.id);
  const { data: known } = useCapability("model.list", {});
  if (error) return <ProblemNotice problem={error} retry={() => void refetch()} />;
  if (!config || !known) return <Skeleton lines={5} />;

  const names = known.models.map(({ name }) => name);
  const usual = known.models.filter((one) => one.default).map(({ name }) => name);
  const own = config.model === null ? undefined : namesIn(config.model);
  const shown = own ?? usual;
  const set = (next: readonly string[]) => change({ model: next.length === 0 ? null : next.join(",") });
  const free = names.filter((name) => !shown.includes(name));
  const swap = (at: number, by: number) => {
    const next = [...shown];
    const [one] = next.splice(at, 1);
    next.splice(at + by, 0, one as string);
    void set(next);
  };

  return (
    <>
      <Section title={words.title} hint={words.hint} saving={saving}>
        <LiveSwitch
          label={words.own}
          hint={words.ownHint}
          checked={own !== undefined}
          disabled={names.length === 0}
          onSwitch={(on) => set(on ? (usual.length > 0 ? usual : names.slice(0, 1)) : [])}
        />
        {names.length === 0 && (
          <Notice title={words.none} actions={<Link href="/settings">{words.toSettings}</Link>}>
            {words.noneMore}
          </Notice>
        )}
        <ol className={style.candidates} data-usual={own === undefined || undefined}>
          {shown.map((name, at) => {
            const model = known.models.find((one) => one.name === name);
            return (
              <li key={name}>
                <span className={style.place}>{at + 1}</span>
                <span className={style.name}>
                  <strong>{name}</strong>
                  <small>{model ? words.about(model) : words.unknown}</small>
                </span>
                {own && (
                  <span className={style.buttons}>
                    <IconButton
                      small
                      icon={ArrowUp}
                      label={words.up(name)}
                      disabled={at === 0}
                      onClick={() => swap(at, -1)}
                    />
                    <IconButton
                      small
                      icon={ArrowDown}
                      label={words.down(name)}
                      disabled={at === shown.length - 1}
                      onClick={() => swap(at, 1)}
                    />
                    <IconButton
                      small
                      icon={X}
                      label={words.remove(name)}
                      disabled={shown.length === 1}
                      onClick={() => void set(shown.filter((one) => one !== name))}
                    />
                  </span>
                )}
              </li>
            );
          })}
        </ol>
        {own && free.length > 0 && (
          <Select
            label={words.add}
            bare
            value=""
            onChange={({ target }) => target.value && void set([...own, target.value])}
            options={[["", words.add] as const, ...free.map((name) => [name, name] as const)]}
          />
        )}
      </Section>
      <Budget id={agent.id} />
    </>
  );
}

const namesIn = (list: string): readonly string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
