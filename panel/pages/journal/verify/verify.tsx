import { Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { CapabilityOutput, Progress as ProgressData } from "#contract";
import { useAddress } from "../../../address/index.ts";
import { call } from "../../../client/index.ts";
import { Button, Dialog, Notice, ProblemNotice, Progress } from "../../../design/index.ts";
import { useEvents } from "../../../live/index.ts";
import { t } from "../../../text/index.ts";
import style from "./verify.module.css";

const words = t.journal.verify;
const WORK = "journal.verify";

type State =
  | { readonly is: "ready" | "running" | "stopped" }
  | { readonly is: "done"; readonly found: CapabilityOutput<"journal.verify"> }
  | { readonly is: "failed"; readonly problem: unknown };

/** Reads the whole journal anew and says whether it is as it was written. */
export function VerifyDialog({ onClose }: { onClose(): void }) {
  const { choose } = useAddress();
  const [state, setState] = useState<State>({ is: "ready" });
  const [far, setFar] = useState<{ readonly done: number; readonly of: number | null }>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  useEvents((event) => {
    if (event.kind !== "work.progress" || !("data" in event)) return;
    const data = event.data as unknown as ProgressData;
    if (data.work === WORK) setFar({ done: data.done, of: data.of });
  });

  const start = async () => {
    const trying = new AbortController();
    running.current = trying;
    setFar(undefined);
    setState({ is: "running" });
    try {
      setState({ is: "done", found: await call(WORK, {}, trying.signal) });
    } catch (problem) {
      setState(trying.signal.aborted ? { is: "stopped" } : { is: "failed", problem });
    }
  };

  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        state.is === "running" ? (
          <Button icon={Square} onClick={() => running.current?.abort()}>
            {t.common.stop}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{t.common.close}</Button>
            <Button look="primary" onClick={start}>
              {state.is === "ready" ? words.start : words.again}
            </Button>
          </>
        )
      }
    >
      <p>{words.words}</p>
      <div aria-live="polite" className={style.state}>
        {state.is === "running" && (
          <>
            <Progress label={words.running} value={far?.of ? far.done / far.of : undefined} />
            <span>{far ? words.progress(far.done, far.of) : words.running}</span>
          </>
        )}
        {state.is === "stopped" && <Notice>{words.stopped}</Notice>}
        {state.is === "failed" && <ProblemNotice problem={state.problem} />}
        {state.is === "done" &&
          (state.found.ok ? (
            <Notice tone="good" title={words.good}>
              {words.goodMore(state.found.events)}
            </Notice>
          ) : (
            <Bad
              found={state.found}
              onShow={(seq) => {
                onClose();
                choose({ event: String(seq) });
              }}
            />
          ))}
      </div>
    </Dialog>
  );
}

function Bad({
  found: { first_bad, problem },
  onShow,
}: {
  readonly found: CapabilityOutput<"journal.verify">;
  onShow(seq: number): void;
}) {
  return (
    <Notice
      tone="bad"
      title={first_bad === null ? words.badUnknown : words.bad(first_bad)}
      actions={
        first_bad !== null && (
          <Button small onClick={() => onShow(first_bad)}>
            {words.show}
          </Button>
        )
      }
    >
      {problem && <p>{problem}</p>}
      <p>{words.badMore}</p>
    </Notice>
  );
}
