import { ChevronRight } from "lucide-react";
import { Link } from "wouter";
import { useCapability } from "../../../client/index.ts";
import {
  Ago,
  Badge,
  bytes,
  CopyButton,
  count,
  dollars,
  duration,
  Facts,
  Skeleton,
} from "../../../design/index.ts";
import { locale, t } from "../../../text/index.ts";
import type { Agent } from "../module.ts";
import { BudgetUsed } from "./budget.tsx";
import style from "./overview.module.css";
import { Section } from "./section.tsx";
import { UsedByDay } from "./used_by_day.tsx";

const DAYS = 14;
const TURNS = { idle: undefined, running: "info", waiting: "warn" } as const;

const NEWEST = 5;
const LOOKED_AT = 100;

/** What it has done lately, and what it is. */
export function Overview({ agent }: { readonly agent: Agent }) {
  const words = t.agents.overview;
  const { id, description, usage, functions, folder, daemon } = agent;
  const sessions = useCapability("session.list", { agent: id, limit: LOOKED_AT });
  // The list has what is pinned first.
  const newest = sessions.data?.sessions
    .toSorted((a, b) => b.last_at.localeCompare(a.last_at))
    .slice(0, NEWEST);
  const models = useCapability("model.usage", { days: DAYS });
  const own = models.data?.usage.filter((one) => one.agent === id) ?? [];
  const today = models.data?.budgets.find((one) => one.agent === id);
  const cost = own.reduce((sum, one) => sum + one.cost_usd, 0);
  const tokens = own.reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0);

  return (
    <>
      {description && <p className={style.description}>{description}</p>}
      <dl className={style.figures}>
        <Figure
          name={t.module.active}
          value={agent.last_active_at ? <Ago at={agent.last_active_at} /> : "–"}
        />
        <Figure name={words.conversations} value={count(agent.sessions)} />
        <Figure name={words.tokens(DAYS)} value={compact.format(tokens)} />
        <Figure name={words.cost(DAYS)} value={dollars(cost)} />
      </dl>
      {own.length > 0 && <UsedByDay days={models.data?.days ?? []} usage={own} />}
      {today && (today.day_usd !== null || today.day_tokens !== null) && <BudgetUsed today={today} />}
      <Section title={words.lately} hint={words.latelyHint}>
        {!sessions.data && <Skeleton />}
        {newest?.length === 0 && <p className={style.nothing}>{words.noConversations}</p>}
        <ul className={style.sessions}>
          {newest?.map(({ session, title, last_at, turn }) => {
            const tone = TURNS[turn];
            return (
              <li key={session}>
                <Link href={`/chat/${id}/${encodeURIComponent(session)}`}>
                  <span>{title || session}</span>
                  {tone && <Badge tone={tone}>{words.turns[turn]}</Badge>}
                  <small>
                    <Ago at={last_at} />
                  </small>
                  <ChevronRight size={16} aria-hidden />
                </Link>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section title={words.work} hint={words.workHint}>
        <Facts
          items={[
            [words.calls, words.callsOf(count(usage.calls), count(usage.failures))],
            [words.asked, count(usage.capability_calls)],
            [words.time, duration(usage.cpu_ms)],
            [words.memory, usage.memory_peak_bytes > 0 ? bytes(usage.memory_peak_bytes) : "–"],
            ...(daemon
              ? ([
                  [words.daemon, words.daemonStates[daemon.state]],
                  [words.restarts, count(daemon.restarts)],
                  ...(daemon.last_error ? ([[words.lastError, daemon.last_error]] as const) : []),
                ] as const)
              : []),
          ]}
        />
      </Section>
      <Section title={words.about}>
        <Facts
          items={[
            [words.author, agent.author ?? "–"],
            [words.entry, <code key="entry">{agent.entry}</code>],
            [
              words.folder,
              <span key="folder" className={style.folder}>
                <code>{folder}</code>
                <CopyButton text={folder} label={words.copyFolder} />
              </span>,
            ],
            ...(functions.length > 0
              ? ([
                  [
                    words.functions,
                    <ul key="functions" className={style.functions}>
                      {functions.map((one) => (
                        <li key={one.name}>
                          <code>{one.name}</code> {one.description}
                        </li>
                      ))}
                    </ul>,
                  ],
                ] as const)
              : []),
          ]}
        />
      </Section>
    </>
  );
}

const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });

const Figure = ({ name, value }: { readonly name: string; readonly value: React.ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
