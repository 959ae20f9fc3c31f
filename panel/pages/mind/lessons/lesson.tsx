import { Archive, ArchiveRestore } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "wouter";
import type { Lesson, LessonEvent } from "#contract";
import { useCapability } from "../../../client/index.ts";
import { Ago, Badge, Button, Dialog, Facts, Moment, ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./lessons.module.css";
import { useRetire } from "./use_retire.ts";

const words = t.mind.lessons;

/** A lesson beside the page, with all that happened to it. */
export function LessonDialog({
  agent,
  id,
  onClose,
}: {
  readonly agent: string;
  readonly id: string;
  onClose(): void;
}) {
  const { data, error, refetch } = useCapability("lesson.show", { agent, id });
  return (
    <Dialog
      side
      title={data?.lesson.situation ?? t.mind.tabs.lessons}
      onClose={onClose}
      actions={data && <Retire agent={agent} lesson={data.lesson} />}
    >
      {error ? (
        <ProblemNotice problem={error} retry={refetch} />
      ) : data ? (
        <Shown lesson={data.lesson} history={data.history} onLeave={onClose} />
      ) : (
        <Skeleton lines={8} />
      )}
    </Dialog>
  );
}

function Retire({ agent, lesson }: { readonly agent: string; readonly lesson: Lesson }) {
  const { retire, busy } = useRetire(agent, lesson);
  const active = lesson.state === "active";
  return (
    <Button icon={active ? Archive : ArchiveRestore} busy={busy} onClick={retire}>
      {active ? words.retire : words.restore}
    </Button>
  );
}

function Shown({
  lesson,
  history,
  onLeave,
}: {
  readonly lesson: Lesson;
  readonly history: readonly LessonEvent[];
  onLeave(): void;
}) {
  const { mistake, better, severity, karma, hits, last_recalled_at, code, tainted, state } = lesson;
  const facts: (readonly [string, ReactNode])[] = [
    [words.severity, words.severities[severity]],
    [words.state, state === "active" ? words.active : words.retired],
    [words.recalled, last_recalled_at === null ? words.never : <Ago key="recalled" at={last_recalled_at} />],
  ];
  if (code) facts.push([words.code, code.replaceAll("_", " ")]);
  return (
    <>
      <section className={style.told}>
        <h3>{words.mistake}</h3>
        <p>{mistake}</p>
      </section>
      <section className={style.told}>
        <h3>{words.better}</h3>
        <p>{better}</p>
      </section>
      {tainted && (
        <p>
          <Badge tone="warn">{words.tainted}</Badge>
        </p>
      )}
      <Facts items={facts} />
      <section className={style.history}>
        <h3>{words.history}</h3>
        <p>
          {words.karma(karma)}, {words.hits(hits)}. {words.karmaHint}
        </p>
        <Karma history={history} />
        <ol>
          {history.toReversed().map(({ at, event, karma: then, turn }) => (
            <li key={`${at} ${event}`}>
              <span>{words.events[event]}</span>
              <span>{words.karma(then)}</span>
              <span>
                <Moment at={at} />
                {turn && (
                  <>
                    {" · "}
                    <Link href={`/journal/${turn}`} onClick={onLeave}>
                      {words.turn}
                    </Link>
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

const WIDTH = 300;
const HEIGHT = 56;
const EDGE = 4;

/** Its karma after each thing that happened to it. */
function Karma({ history }: { readonly history: readonly LessonEvent[] }) {
  const values = history.map(({ karma }) => karma);
  if (new Set(values).size < 2) return null;
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const x = (at: number) => EDGE + (at / (values.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number) => HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const points = values.map((value, at) => `${x(at)},${y(value)}`).join(" ");
  return (
    <svg className={style.chart} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words.chart}>
      <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} />
      <polyline points={points} />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r={3.5} />
    </svg>
  );
}
