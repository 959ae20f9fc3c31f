import { List, MessageSquareText, SearchX } from "lucide-react";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import { addressOf, useAddress } from "../../../address/index.ts";
import { AgentName } from "../../../agent/index.ts";
import { useCapability } from "../../../client/index.ts";
import {
  Checkbox,
  dollars,
  duration,
  Empty,
  Moment,
  Notice,
  Page,
  ProblemNotice,
  Skeleton,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { StepEvents } from "./events.tsx";
import { type Figures, figuresOf, stepsOf } from "./step.ts";
import style from "./trace.module.css";
import { Waterfall } from "./waterfall.tsx";

const words = t.journal.trace;
const EVENTS_MOST = 1000;

/** One trace, such as a turn: what was done in it, by whom, and how long each step took. */
export function Trace({ trace }: { readonly trace: string }) {
  const { chosen, choose } = useAddress();
  const tree = useCapability("journal.trace", { trace });
  const told = useCapability("journal.query", { trace, limit: EVENTS_MOST });
  const events = told.data?.events;
  const steps = useMemo(
    () => (tree.data && events ? stepsOf(tree.data.spans, events) : undefined),
    [tree.data, events],
  );
  const figures = useMemo(() => figuresOf(events ?? []), [events]);
  const all = chosen("all") === "yes";
  const step = steps?.find(({ span }) => span.span === chosen("span"));
  const problem = tree.error ?? told.error;

  return (
    <Page
      wide
      title={words.title}
      lead={words.lead}
      actions={
        <>
          {figures.agent && figures.session && (
            <Link
              className={style.link}
              href={`/chat/${figures.agent}/${encodeURIComponent(figures.session)}`}
            >
              <MessageSquareText size={16} aria-hidden /> {words.conversation}
            </Link>
          )}
          <Link
            className={style.link}
            href={
              tree.data?.start
                ? addressOf("/journal", {
                    from: tree.data.start,
                    to: tree.data.end ? new Date(Date.parse(tree.data.end) + 1).toISOString() : undefined,
                  })
                : "/journal"
            }
          >
            <List size={16} aria-hidden /> {words.all}
          </Link>
        </>
      }
    >
      {problem ? (
        <ProblemNotice
          problem={problem}
          retry={() => {
            void tree.refetch();
            void told.refetch();
          }}
        />
      ) : !tree.data || !steps ? (
        <Skeleton lines={8} />
      ) : steps.length === 0 ? (
        <Empty icon={SearchX} title={words.empty} action={<Link href="/journal">{words.back}</Link>}>
          {words.emptyMore}
        </Empty>
      ) : (
        <>
          <Summary figures={figures} ms={tree.data.ms} start={tree.data.start} />
          {tree.data.truncated && <Notice>{words.truncated}</Notice>}
          <div className={style.views} data-open={step ? "" : undefined}>
            <div className={style.steps}>
              <Waterfall
                steps={all ? steps : steps.filter(({ small }) => !small)}
                ms={tree.data.ms}
                chosen={step?.span.span}
                onChoose={(span) => choose({ span })}
              />
              {steps.some(({ small }) => small) && (
                <Checkbox
                  label={words.small(steps.filter(({ small }) => small).length)}
                  checked={all}
                  onChange={({ target }) =>
                    choose({ all: target.checked ? "yes" : undefined }, { replace: true })
                  }
                />
              )}
            </div>
            {step && (
              <StepEvents
                step={step}
                onShow={(seq) => choose({ event: String(seq) })}
                onClose={() => choose({ span: undefined })}
              />
            )}
          </div>
        </>
      )}
    </Page>
  );
}

function Summary({
  figures: { modelsMs, toolsMs, recallMs, input, output, usd, agent },
  ms,
  start,
}: {
  readonly figures: Figures;
  readonly ms: number;
  readonly start: string | null;
}) {
  const shown: readonly (readonly [string, ReactNode, boolean])[] = [
    [words.agent, agent && <AgentName id={agent} full />, agent !== undefined],
    [words.begun, start && <Moment at={start} />, start !== null],
    [words.total, duration(ms), true],
    [words.models, duration(modelsMs), modelsMs > 0],
    [words.tools, duration(toolsMs), toolsMs > 0],
    [words.recall, duration(recallMs), recallMs > 0],
    [words.tokens, words.tokensOf(input, output), input + output > 0],
    [words.cost, dollars(usd), usd > 0],
  ];
  return (
    <dl className={style.figures}>
      {shown.map(
        ([name, value, there]) =>
          there && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
