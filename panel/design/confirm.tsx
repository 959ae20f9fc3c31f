import { useState } from "react";
import { t } from "../text/index.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ProblemNotice } from "./problem.tsx";

/** Asks before something that cannot be taken back; stays open and says why where it did not work. */
export function Confirm({
  title,
  words,
  action,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly words: string;
  readonly action: string;
  onConfirm(): Promise<unknown>;
  onClose(): void;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const confirm = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="danger" busy={busy} onClick={confirm}>
            {action}
          </Button>
        </>
      }
    >
      <p>{words}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </Dialog>
  );
}
