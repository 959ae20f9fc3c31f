import { type FormEvent, useState } from "react";
import { refresh, useAct } from "../../../client/index.ts";
import { Button, Card, ProblemNotice, say, TextField } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "../settings.module.css";

const PASSWORD_CHARS = 10;

export function PasswordForm() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const change = useAct("account.password", ({ ended }) => {
    say(t.settings.account.changed(ended));
    setCurrent("");
    setNext("");
    setAgain("");
    setTried(false);
    refresh("account.");
  });
  const missing = PASSWORD_CHARS - next.length;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing <= 0 && next === again) change.run({ current, password: next }).catch(() => undefined);
  };
  return (
    <Card title={t.settings.account.password}>
      <p className={style.soft}>{t.settings.account.passwordMore}</p>
      <form className={style.form} onSubmit={submit}>
        <TextField
          label={t.settings.account.current}
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <div className={style.pair}>
          <TextField
            label={t.settings.account.next}
            hint={t.account.setup.passwordHint}
            problem={tried && missing > 0 ? t.account.setup.short(missing) : undefined}
            type="password"
            autoComplete="new-password"
            required
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
          <TextField
            label={t.settings.account.again}
            problem={tried && again !== next ? t.account.setup.differ : undefined}
            type="password"
            autoComplete="new-password"
            required
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        </div>
        {change.problem && <ProblemNotice problem={change.problem} />}
        <div>
          <Button look="primary" type="submit" busy={change.busy}>
            {t.settings.account.change}
          </Button>
        </div>
      </form>
    </Card>
  );
}
