import { type FormEvent, useId, useState } from "react";
import { useAct } from "../../../client/index.ts";
import { Button, Dialog, ProblemNotice, Select, say, TextArea } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";

const words = t.mind.lessons;
const SEVERITIES = ["low", "medium", "high"] as const;
const LONGEST = 4000;

/** Teaches an agent a lesson. */
export function AddLesson({ agent, onClose }: { readonly agent: string; onClose(): void }) {
  const [draft, setDraft] = useState({
    situation: "",
    mistake: "",
    better: "",
    severity: "medium" as (typeof SEVERITIES)[number],
  });
  const id = useId();
  const { run, busy, problem } = useAct("lesson.add", ({ hits }) => {
    say(hits > 1 ? words.stronger : words.added);
    onClose();
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    void run({ agent, ...draft }).catch(() => undefined);
  };
  return (
    <Dialog
      title={words.add}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button look="primary" type="submit" form={id} busy={busy}>
            {t.common.add}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={save} style={{ display: "contents" }}>
        {(["situation", "mistake", "better"] as const).map((name) => (
          <TextArea
            key={name}
            label={words[name]}
            rows={2}
            required
            maxLength={LONGEST}
            value={draft[name]}
            onChange={({ target }) => setDraft({ ...draft, [name]: target.value })}
          />
        ))}
        <Select
          label={words.severity}
          value={draft.severity}
          options={SEVERITIES.map((one) => [one, words.severities[one]])}
          onChange={({ target }) =>
            setDraft({
              ...draft,
              severity: SEVERITIES.find((one) => one === target.value) ?? "medium",
            })
          }
        />
        {problem !== undefined && <ProblemNotice problem={problem} />}
      </form>
    </Dialog>
  );
}
