import { Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CapabilityOutput } from "#contract";
import { call } from "../../../client/index.ts";
import {
  Button,
  Dialog,
  dollars,
  Notice,
  ProblemNotice,
  Progress,
  TextField,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./insights.module.css";

const words = t.mind.insights;

type State =
  | { readonly is: "ready" | "running" }
  | { readonly is: "done"; readonly found: CapabilityOutput<"mind.dream"> }
  | { readonly is: "failed"; readonly problem: unknown };

/** Lets an agent consolidate its memories now, with money for a model or without. */
export function DreamDialog({ agent, onClose }: { readonly agent: string; onClose(): void }) {
  const [budget, setBudget] = useState("0");
  const [state, setState] = useState<State>({ is: "ready" });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const start = async () => {
    const trying = new AbortController();
    running.current = trying;
    setState({ is: "running" });
    try {
      const budget_usd = Math.max(0, Number(budget) || 0);
      setState({ is: "done", found: await call("mind.dream", { agent, budget_usd }, trying.signal) });
    } catch (problem) {
      setState(trying.signal.aborted ? { is: "ready" } : { is: "failed", problem });
    }
  };
  return (
    <Dialog
      title={words.dreamTitle}
      onClose={onClose}
      actions={
        state.is === "running" ? (
          <Button icon={Square} onClick={() => running.current?.abort()}>
            {t.common.stop}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{state.is === "done" ? t.common.done : t.common.cancel}</Button>
            {state.is !== "done" && (
              <Button look="primary" onClick={start}>
                {words.dream}
              </Button>
            )}
          </>
        )
      }
    >
      <p>{words.dreamWords}</p>
      {state.is === "ready" && (
        <TextField
          type="number"
          min={0}
          step="0.01"
          label={words.budget}
          hint={words.budgetHint}
          value={budget}
          onChange={({ target }) => setBudget(target.value)}
        />
      )}
      <div aria-live="polite" className={style.state}>
        {state.is === "running" && (
          <>
            <Progress label={words.dreaming} />
            <span>{words.dreaming}</span>
          </>
        )}
        {state.is === "failed" && <ProblemNotice problem={state.problem} />}
        {state.is === "done" && <Done found={state.found} />}
      </div>
    </Dialog>
  );
}

function Done({
  found: { insights, read, cost_usd, problem },
}: {
  readonly found: CapabilityOutput<"mind.dream">;
}) {
  return (
    <>
      <Notice tone="good" title={words.made(insights)}>
        {words.read(read)} {cost_usd > 0 && words.cost(dollars(cost_usd))}
      </Notice>
      {problem && <Notice tone="warn">{problem}</Notice>}
    </>
  );
}
