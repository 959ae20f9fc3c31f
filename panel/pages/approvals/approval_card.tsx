import { Check, X } from "lucide-react";
import { Link } from "wouter";
import type { Approval } from "#contract";
import { AgentName } from "../../agent/index.ts";
import { refresh, useAct } from "../../client/index.ts";
import { Ago, Badge, Button, Card, Code, Moment, ProblemNotice, say } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./approvals.module.css";
import { Wish } from "./wish.tsx";

/** What an agent wants to do: in words first, exactly below. */
export function ApprovalCard({ approval }: { readonly approval: Approval }) {
  const { id, module, plain, effect, reason, decisive, args, asked_at, expires_at, trace, state } = approval;
  const give = useAct("approval.give", () => decided(t.approvals.allowed));
  const refuse = useAct("approval.refuse", () => decided(t.approvals.refused));
  const busy = give.busy || refuse.busy;
  return (
    <Card
      title={
        <>
          <AgentName id={module} full /> {t.approvals.wants}
        </>
      }
      actions={<Badge tone="warn">{t.tools.effects[effect] ?? effect}</Badge>}
    >
      <p className={style.plain}>
        <Wish module={module} plain={plain} />
      </p>
      {decisive.length > 0 && (
        <ul className={style.decisive} aria-label={t.approvals.decisive}>
          {decisive.map((one) => (
            <li key={one}>
              <code>{one}</code>
            </li>
          ))}
        </ul>
      )}
      <p className={style.soft}>
        <strong>{t.approvals.why}:</strong> {reason}
      </p>
      <details className={style.more}>
        <summary>{t.approvals.args}</summary>
        <Code value={{ cap: approval.capability, args }} />
      </details>
      {(give.problem ?? refuse.problem) && <ProblemNotice problem={give.problem ?? refuse.problem} />}
      {state === "waiting" && (
        <>
          <div className={style.buttons}>
            <Button
              look="primary"
              icon={Check}
              busy={give.busy}
              disabled={busy}
              onClick={() => give.run({ id }).catch(() => undefined)}
            >
              {t.approvals.allow}
            </Button>
            <Button
              icon={X}
              busy={refuse.busy}
              disabled={busy}
              onClick={() => refuse.run({ id }).catch(() => undefined)}
            >
              {t.approvals.refuse}
            </Button>
          </div>
          <p className={style.soft}>{t.approvals.will}</p>
        </>
      )}
      <p className={style.foot}>
        {t.approvals.asked} <Ago at={asked_at} /> · {t.approvals.expires} <Moment at={expires_at} short /> ·{" "}
        <Link href={`/journal/${trace}`}>{t.approvals.trace}</Link>
      </p>
    </Card>
  );
}

function decided(words: string): void {
  say(words);
  refresh("approval.");
}
