import { useDeferredValue, useState } from "react";
import type { CapabilityOutput, JsonValue } from "#contract";
import { refresh, useAct, useCapability } from "../../client/index.ts";
import { Badge, Button, Card, ProblemNotice, Skeleton, say, TextField } from "../../design/index.ts";
import { type Schema, SchemaField } from "../../form/index.ts";
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
  const { key, summary, unit, restart, schema, value, default: initial, changed } = setting;
  const { description: _said, ...plain } = schema as Schema;
  const [draft, setDraft] = useState<unknown>(value);
  const set = useAct("setting.set", () => {
    say(t.settings.limits.saved);
    refresh("setting.");
  });
  const dirty = draft !== undefined && JSON.stringify(draft) !== JSON.stringify(value);
  const save = (next: unknown) => set.run({ key, value: next as JsonValue }).catch(() => undefined);
  return (
    <section className={style.setting} aria-label={key}>
      <header>
        <p className={style.about}>
          {summary} {restart && <Badge>{t.settings.limits.restart}</Badge>}
        </p>
      </header>
      <div>
        <SchemaField
          name={key}
          schema={{ ...plain, title: unit ? `${key} (${unit})` : key }}
          required
          value={draft}
          onChange={setDraft}
        />
        {dirty && (
          <Button look="primary" busy={set.busy} onClick={() => save(draft)}>
            {t.common.save}
          </Button>
        )}
        {changed && !dirty && (
          <Button look="quiet" busy={set.busy} onClick={() => save(initial)}>
            {t.settings.limits.reset}
          </Button>
        )}
      </div>
      {set.problem && <ProblemNotice problem={set.problem} />}
    </section>
  );
}
