import { FileText, Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { useAct } from "../../../client/index.ts";
import { Button, Checkbox, IconButton, Notice, ProblemNotice, say, TextArea } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import style from "./doctrine.module.css";
import { type Draft, saysMore } from "./rule.ts";

const words = t.mind.doctrine;
const NEW = { text: "", amplitude: 0.5, sacred: false };
const RULES_MOST = 500;
const RULE_MOST_CHARS = 2000;

/** All rules at once, each with how strongly it holds. */
export function EditRules({
  agent,
  rules,
  text,
  onOther,
  onLeave,
}: {
  readonly agent: string;
  readonly rules: readonly Omit<Draft, "key">[];
  readonly text: string;
  onOther(): void;
  onLeave(): void;
}) {
  const [drafts, setDrafts] = useState<readonly Draft[]>(() =>
    (rules.length > 0 ? rules : [NEW]).map(({ text: own, amplitude, sacred }, key) => ({
      key,
      text: own,
      amplitude,
      sacred,
    })),
  );
  const next = useRef(drafts.length);
  const { run, busy, problem } = useAct("doctrine.set", () => {
    say(words.saved);
    onLeave();
  });
  const change = (key: number, to: Partial<Draft>) =>
    setDrafts(drafts.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const save = () =>
    run({
      agent,
      rules: drafts
        .filter((one) => one.text.trim() !== "")
        .map(({ text: own, amplitude, sacred }) => ({
          text: own.trim(),
          ...(sacred ? { sacred } : { amplitude }),
        })),
    }).catch(() => undefined);

  return (
    <>
      <div className={style.head}>
        <p>{words.lead}</p>
        <Button look="quiet" icon={FileText} onClick={onOther}>
          {words.asText}
        </Button>
      </div>
      {saysMore(text) && <Notice tone="warn">{words.comments}</Notice>}
      <ol className={style.drafts}>
        {drafts.map(({ key, text: own, amplitude, sacred }, at) => (
          <li key={key}>
            <TextArea
              bare
              label={words.rule(at + 1)}
              rows={1}
              maxLength={RULE_MOST_CHARS}
              autoFocus={own === "" && at === drafts.length - 1}
              value={own}
              onChange={({ target }) => change(key, { text: target.value })}
            />
            <div className={style.strength}>
              <label>
                <span>{words.amplitude}</span>
                <input
                  type="range"
                  min={0}
                  max={1}
                  step={0.05}
                  disabled={sacred}
                  value={sacred ? 1 : amplitude}
                  onChange={({ target }) => change(key, { amplitude: Number(target.value) })}
                />
                <output>{t.mind.percent(sacred ? 1 : amplitude)}</output>
              </label>
              <Checkbox
                label={words.sacred}
                title={words.sacredMore}
                checked={sacred}
                onChange={({ target }) => change(key, { sacred: target.checked })}
              />
            </div>
            <IconButton
              small
              icon={X}
              label={words.removeRule(at + 1)}
              onClick={() => setDrafts(drafts.filter((one) => one.key !== key))}
            />
          </li>
        ))}
      </ol>
      <div>
        <Button
          icon={Plus}
          disabled={drafts.length >= RULES_MOST}
          onClick={() => setDrafts([...drafts, { ...NEW, key: next.current++ }])}
        >
          {words.add}
        </Button>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div className={style.bar}>
        <Button onClick={onLeave}>{t.common.cancel}</Button>
        <Button look="primary" busy={busy} onClick={save}>
          {t.common.save}
        </Button>
      </div>
    </>
  );
}
