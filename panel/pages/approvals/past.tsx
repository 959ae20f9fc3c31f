import { History } from "lucide-react";
import { Fragment, useState } from "react";
import { Link } from "wouter";
import { AgentName } from "../../agent/index.ts";
import { useCapability } from "../../client/index.ts";
import { Ago, Badge, Button, Empty, ProblemNotice, Skeleton, type Tone } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./approvals.module.css";
import { Wish } from "./wish.tsx";

const TONES: Readonly<Record<string, Tone>> = {
  given: "good",
  used: "good",
  refused: "bad",
  expired: "neutral",
  waiting: "warn",
};

/** What was asked before, and what became of it. */
export function Past() {
  const [pages, setPages] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <ul className={style.past}>
      {pages.map((before, at) => (
        <PastPage
          key={before ?? ""}
          before={before}
          last={at === pages.length - 1}
          onOlder={(next) => setPages([...pages, next])}
        />
      ))}
    </ul>
  );
}

function PastPage({
  before,
  last,
  onOlder,
}: {
  readonly before: string | undefined;
  readonly last: boolean;
  onOlder(next: string): void;
}) {
  const { data, error } = useCapability("approval.list", {
    all: true,
    limit: 50,
    ...(before ? { before } : {}),
  });
  if (error) return <ProblemNotice problem={error} />;
  if (!data) return <Skeleton />;
  const decided = data.approvals.filter(({ state }) => state !== "waiting");
  if (decided.length === 0 && before === undefined)
    return <Empty icon={History} title={t.approvals.nonePast} />;
  const { next } = data;
  return (
    <Fragment>
      {decided.map((one) => (
        <li key={one.id}>
          <Badge tone={TONES[one.state] ?? "neutral"}>{t.approvals.states[one.state]}</Badge>
          <div>
            <p>
              <Wish module={one.module} plain={one.plain} />
            </p>
            <p className={style.soft}>
              <AgentName id={one.module} full /> · <Ago at={one.decided_at ?? one.asked_at} /> ·{" "}
              <Link href={`/journal/${one.trace}`}>{t.approvals.trace}</Link>
            </p>
          </div>
        </li>
      ))}
      {last && next && (
        <li>
          <Button onClick={() => onOlder(next)}>{t.approvals.older}</Button>
        </li>
      )}
    </Fragment>
  );
}
