import { ArrowRight, CircleCheck } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CapabilityInput, CapabilityOutput } from "#contract";
import { call } from "../client/index.ts";
import { Button, Card, duration, Notice, ProblemNotice, Spinner } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./model.module.css";

/** A model that is to be used: one that is there already, or one to be added first. */
export type Trial =
  | { readonly kind: "there"; readonly name: string }
  | { readonly kind: "add"; readonly model: CapabilityInput<"model.add"> };

type Outcome =
  | { readonly ok: true; readonly name: string; readonly test: CapabilityOutput<"model.test"> }
  | { readonly ok: false; readonly thrown: unknown };

/** Adds it, makes it the default, and sends it a short message; a model that does not answer is not kept. */
async function attempt(trial: Trial, signal: AbortSignal): Promise<Outcome> {
  const name = trial.kind === "there" ? trial.name : trial.model.name;
  try {
    if (trial.kind === "add") await call("model.add", trial.model, signal);
    const test = await call("model.test", { name }, signal);
    if (test.ok) await call("model.use", { model: name }, signal);
    else if (trial.kind === "add") await call("model.remove", { name });
    return { ok: true, name, test };
  } catch (thrown) {
    return { ok: false, thrown };
  }
}

/** Shows that a model works, or what is wrong, in words. */
export function TrialResult({
  trial,
  action,
  onDone,
  onOther,
  onWithout,
}: {
  readonly trial: Trial;
  /** What comes when it works, in words. */
  readonly action: string;
  onDone(): void;
  onOther(): void;
  onWithout?(): void;
}) {
  const [outcome, setOutcome] = useState<Outcome>();
  const running = useRef<Promise<Outcome>>(undefined);
  const stop = useRef(new AbortController());
  useEffect(() => {
    let shown = true;
    running.current ??= attempt(trial, stop.current.signal);
    void running.current.then((done) => shown && setOutcome(done));
    return () => {
      shown = false;
    };
  }, [trial]);
  const name = trial.kind === "there" ? trial.name : trial.model.model;
  const other = () => {
    stop.current.abort();
    onOther();
  };

  if (!outcome)
    return (
      <Card>
        <p className={style.busy} role="status">
          <Spinner /> {t.welcome.testing(name)}
        </p>
        <div className={style.buttons}>
          <Button onClick={other}>{t.common.stop}</Button>
        </div>
      </Card>
    );
  if (outcome.ok && outcome.test.ok)
    return (
      <Card>
        <p className={style.works} role="status">
          <CircleCheck size={20} aria-hidden /> {t.welcome.works}
        </p>
        <p>{t.welcome.answered(name, duration(outcome.test.ms))}</p>
        <blockquote className={style.answer}>{outcome.test.text}</blockquote>
        <div className={style.buttons}>
          <Button look="primary" icon={ArrowRight} autoFocus onClick={onDone}>
            {action}
          </Button>
          <Button onClick={other}>{t.welcome.other}</Button>
        </div>
      </Card>
    );
  return (
    <Card>
      {outcome.ok ? (
        <Notice tone="bad" title={t.welcome.failed(name)}>
          {outcome.test.text} {outcome.test.remedy}
        </Notice>
      ) : (
        <ProblemNotice problem={outcome.thrown} />
      )}
      <div className={style.buttons}>
        <Button look="primary" onClick={other}>
          {t.welcome.other}
        </Button>
        {onWithout && <Button onClick={onWithout}>{t.welcome.goOn}</Button>}
      </div>
    </Card>
  );
}
