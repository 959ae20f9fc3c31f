import { RotateCcw } from "lucide-react";
import { type FormEvent, useDeferredValue, useState } from "react";
import type { CapabilityOutput, JsonValue } from "#contract";
import { refresh, useAct, useCapability } from "../../client/index.ts";
import { Badge, Button, Card, ProblemNotice, Skeleton, Switch, say, TextField } from "../../design/index.ts";
import { fieldKind, type Schema, SchemaField } from "../../form/index.ts";
import { t } from "../../text/index.ts";
import { SectionHead } from "./section.tsx";
import style from "./settings.module.css";

type Setting = CapabilityOutput<"setting.list">["settings"][number];

/** Every setting there is, by group. */
export function Limits() {
  const { data, error } = useCapability("setting.list", {});
  const [sought, setSought] = useState("");
  const words = useDeferredValue(sought.toLocaleLowerCase().trim());
  const shown =
    data?.settings.filter((one) => `${one.key} ${one.summary}`.toLocaleLowerCase().includes(words)) ?? [];
  return (
    <>
      <SectionHead title={t.settings.sections.limits} lead={t.settings.limits.lead} />
      <TextField
        bare
        type="search"
        label={t.settings.limits.search}
        placeholder={t.settings.limits.search}
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {error && <ProblemNotice problem={error} />}
      {!data && !error && <Skeleton lines={8} />}
      {data && shown.length === 0 && <p role="status">{t.settings.limits.none}</p>}
      {[...Map.groupBy(shown, ({ group_title }) => group_title)].map(([title, settings]) => (
        <Card key={title} title={title} flush>
          <div>
            {settings.map((one) => (
              <SettingField key={`${one.key} ${JSON.stringify(one.value)}`} setting={one} />
            ))}
          </div>
        </Card>
      ))}
    </>
  );
}

function SettingField({ setting }: { readonly setting: Setting }) {
  const { key, summary, restart, value, default: initial, changed } = setting;
  const [draft, setDraft] = useState<unknown>(value);
  const set = useAct("setting.set", () => {
    say(t.settings.limits.saved);
    refresh("setting.");
  });
  const dirty = draft !== undefined && JSON.stringify(draft) !== JSON.stringify(value);
  const save = (next: unknown) => set.run({ key, value: next as JsonValue }).catch(() => undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (dirty) void save(draft);
  };
  return (
    <form className={style.setting} aria-label={key} onSubmit={submit}>
      <div className={style.what}>
        <p>
          {summary} {restart && <Badge tone="warn">{t.settings.limits.restart}</Badge>}
        </p>
        <code>{key}</code>
      </div>
      <Control setting={setting} value={draft} onChange={setDraft} />
      {(dirty || changed) && (
        <div className={style.buttons}>
          {dirty && (
            <Button small look="primary" type="submit" busy={set.busy}>
              {t.common.save}
            </Button>
          )}
          {dirty && (
            <Button small look="quiet" onClick={() => setDraft(value)}>
              {t.common.cancel}
            </Button>
          )}
          {changed && !dirty && (
            <Button small look="quiet" icon={RotateCcw} busy={set.busy} onClick={() => void save(initial)}>
              {t.settings.limits.reset}
            </Button>
          )}
        </div>
      )}
      {set.problem && <ProblemNotice problem={set.problem} />}
    </form>
  );
}

/** A number, a word or a choice beside what it means; what is larger below it. */
function Control({
  setting: { key, unit, schema },
  value,
  onChange,
}: {
  readonly setting: Setting;
  readonly value: unknown;
  onChange(value: unknown): void;
}) {
  const { description: _said, ...plain } = schema as Schema;
  const kind = fieldKind(plain, key);
  if (kind.kind === "number")
    return (
      <div className={style.amount}>
        <TextField
          bare
          label={unit ? `${key} (${unit})` : key}
          type="number"
          inputMode={kind.whole ? "numeric" : "decimal"}
          step={kind.whole ? 1 : "any"}
          min={plain.minimum}
          max={plain.maximum}
          required
          value={typeof value === "number" ? value : ""}
          onChange={({ target }) => onChange(target.value === "" ? undefined : target.valueAsNumber)}
        />
        {unit && <span aria-hidden>{unit}</span>}
      </div>
    );
  if (kind.kind === "yes_no")
    return (
      <div className={style.amount}>
        <Switch
          bare
          label={key}
          checked={value === true}
          onChange={({ target }) => onChange(target.checked)}
        />
      </div>
    );
  return (
    <div className={style.larger}>
      <SchemaField
        name={key}
        schema={{ ...plain, title: t.settings.limits.value }}
        required
        value={value}
        onChange={onChange}
      />
    </div>
  );
}
