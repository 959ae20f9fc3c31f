import { ListChecks } from "lucide-react";
import { useState } from "react";
import { useAct } from "../../../client/index.ts";
import { Button, ProblemNotice, say, TextArea } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./doctrine.module.css";

const words = t.mind.doctrine;
const TEXT_MOST_CHARS = 262_144;

/** The doctrine as the text of its file. */
export function EditText({
  agent,
  text,
  onOther,
  onLeave,
}: {
  readonly agent: string;
  readonly text: string;
  onOther(): void;
  onLeave(): void;
}) {
  const [draft, setDraft] = useState(text);
  const { run, busy, problem } = useAct("doctrine.set", () => {
    say(words.saved);
    onLeave();
  });
  return (
    <>
      <div className={style.head}>
        <p>{words.lead}</p>
        <Button look="quiet" icon={ListChecks} onClick={onOther}>
          {words.asRules}
        </Button>
      </div>
      <TextArea
        mono
        label={words.text}
        hint={words.textHint}
        rows={20}
        maxLength={TEXT_MOST_CHARS}
        value={draft}
        onChange={({ target }) => setDraft(target.value)}
      />
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div className={style.bar}>
        <Button onClick={onLeave}>{t.common.cancel}</Button>
        <Button
          look="primary"
          busy={busy}
          disabled={draft === text}
          onClick={() => void run({ agent, text: draft }).catch(() => undefined)}
        >
          {t.common.save}
        </Button>
      </div>
    </>
  );
}
