import { Plus } from "lucide-react";
import { useState } from "react";
import { call, refresh, useCapability } from "../../../client/index.ts";
import { Button, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { distinct, grantOf } from "../install/asks.ts";
import type { Agent } from "../module.ts";
import { useGivable } from "./catalogue.ts";
import { useSaving } from "./config.ts";
import { GiveGrant, type Giving } from "./give_grant.tsx";
import { AskedRow, HeldRow } from "./grant_row.tsx";
import style from "./grants.module.css";
import { Section } from "./section.tsx";

interface Held {
  readonly capability: string;
  readonly scope: string;
}

/** This grant alone: without a scope, all of its capability would be meant. */
const exactly = ({ capability, scope }: Held): string => `${capability}:${scope}`;

/** What it may do beyond itself: asked for, given, narrowed, taken; each change is in force at its next call. */
export function Grants({ agent }: { readonly agent: Agent }) {
  const words = t.agents.grants;
  const { id } = agent;
  const { data, error, refetch } = useCapability("grant.list", { module: id });
  const givable = useGivable();
  const { saving, during } = useSaving();
  const [giving, setGiving] = useState<Giving>();
  if (error) return <ProblemNotice problem={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} />;

  const asks = distinct(agent.asks);
  const asked = new Set(asks.map(grantOf));
  const beyond = data.grants.filter((held) => !asked.has(grantOf(held)));
  const about = (name: string) => givable?.find((one) => one.name === name);
  const act = (work: () => Promise<unknown>) =>
    during(async () => {
      await work();
      await refresh("agent.", "grant.");
    });
  const give = (grant: string) => act(() => call("grant.give", { module: id, grant }));
  const take = (held: Held) => act(() => call("grant.take", { module: id, grant: exactly(held) }));
  /** First the narrower one is given, so that at no time what may go on is stopped. */
  const replace = (old: Held, grant: string) =>
    act(async () => {
      await call("grant.give", { module: id, grant });
      await call("grant.take", { module: id, grant: exactly(old) });
    });

  return (
    <>
      <Section title={words.asked} hint={words.askedHint} saving={saving}>
        {asks.length === 0 && <p className={style.nothing}>{words.asksNothing}</p>}
        <ul className={style.rows}>
          {asks.map((ask) => (
            <AskedRow
              key={grantOf(ask)}
              ask={ask}
              about={about(ask.capability)}
              onSwitch={(on) => (on ? give(grantOf(ask)) : take(ask))}
              onNarrow={() =>
                setGiving({ capability: ask.capability, replaces: ask.given ? ask : undefined })
              }
            />
          ))}
        </ul>
      </Section>
      <Section
        title={words.beyond}
        hint={words.beyondHint}
        action={
          <Button small icon={Plus} onClick={() => setGiving({ capability: undefined, replaces: undefined })}>
            {words.give}
          </Button>
        }
      >
        {beyond.length === 0 && <p className={style.nothing}>{words.nothingBeyond}</p>}
        <ul className={style.rows}>
          {beyond.map((held) => (
            <HeldRow
              key={grantOf(held)}
              grant={held}
              about={about(held.capability)}
              onTake={() => void take(held)}
              onNarrow={() => setGiving({ capability: held.capability, replaces: held })}
            />
          ))}
        </ul>
      </Section>
      {giving && givable && (
        <GiveGrant
          giving={giving}
          givable={givable}
          onClose={() => setGiving(undefined)}
          onGive={(grant) => {
            const old = data.grants.find(
              (one) => giving.replaces && grantOf(one) === grantOf(giving.replaces),
            );
            return old ? replace(old, grant) : give(grant);
          }}
        />
      )}
    </>
  );
}
