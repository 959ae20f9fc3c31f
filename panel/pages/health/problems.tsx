import { CircleCheck, ShieldAlert, TriangleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Health } from "#contract";
import { refresh, useAct } from "../../client/index.ts";
import { ActionLink, Button, Card, ProblemNotice, say, TextField } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import style from "./health.module.css";

const ICONS = { ready: CircleCheck, degraded: TriangleAlert, safe_mode: ShieldAlert };

/** How it is, in words; and for each thing that is not well, how to mend it. */
export function Problems({ health }: { readonly health: Health }) {
  const Icon = ICONS[health.state];
  return (
    <section className={`${style.state} ${style[health.state]}`} aria-live="polite">
      <h2>
        <Icon size={22} aria-hidden /> {t.health.states[health.state]}
      </h2>
      {health.problems.length === 0 && <p>{t.health.readyMore}</p>}
      <ul>
        {health.problems.map(({ part, what, remedy, action, level }) => (
          <li key={`${part} ${what}`} className={level === "notice" ? style.notice : undefined}>
            <p>
              <strong>{part}</strong> {what}
            </p>
            <p className={style.remedy}>
              {remedy} {action && action.page !== "/health" && <ActionLink action={action} />}
            </p>
          </li>
        ))}
      </ul>
      {health.state === "safe_mode" && <Reseal />}
    </section>
  );
}

function Reseal() {
  const [password, setPassword] = useState("");
  const reseal = useAct("system.reseal", () => {
    say(t.health.resealed);
    refresh("system.");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    reseal.run({ password }).catch(() => undefined);
  };
  return (
    <Card title={t.health.reseal}>
      <p>{t.health.resealMore}</p>
      <form className={style.form} onSubmit={submit}>
        <TextField
          label={t.health.password}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button look="primary" type="submit" busy={reseal.busy}>
          {t.health.reseal}
        </Button>
      </form>
      {reseal.problem && <ProblemNotice problem={reseal.problem} />}
    </Card>
  );
}
