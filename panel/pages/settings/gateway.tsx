import { type FormEvent, useState } from "react";
import { refresh, useAct, useCapability } from "../../client/index.ts";
import { Button, Card, Confirm, Moment, ProblemNotice, TextField } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { Once } from "./once.tsx";
import { Row, SectionHead } from "./section.tsx";
import style from "./settings.module.css";

/** Keys for programs that use the models from outside. */
export function Gateway() {
  const { data, error } = useCapability("model.keys", {});
  const [name, setName] = useState("");
  const [made, setMade] = useState<string>();
  const [revoking, setRevoking] = useState<string>();
  const make = useAct("model.key", ({ key }) => {
    setMade(key ?? undefined);
    setName("");
    refresh("model.keys");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.run({ name: name.trim() }).catch(() => undefined);
  };
  return (
    <>
      <SectionHead title={t.settings.sections.gateway} lead={t.settings.gateway.lead} />
      <Card title={t.settings.gateway.keys}>
        {data && data.keys.length === 0 && <p className={style.soft}>{t.settings.gateway.none}</p>}
        {error && <ProblemNotice problem={error} />}
        {data && data.keys.length > 0 && (
          <ul className={style.rows}>
            {data.keys.map((one) => (
              <Row
                key={one.name}
                name={one.name}
                about={
                  <>
                    {t.settings.gateway.since} <Moment at={one.made_at} />
                  </>
                }
                actions={
                  <Button small look="danger" onClick={() => setRevoking(one.name)}>
                    {t.settings.gateway.revoke}
                  </Button>
                }
              />
            ))}
          </ul>
        )}
        {made && <Once words={t.settings.gateway.made} value={made} />}
        <form className={style.form} onSubmit={submit}>
          <TextField
            label={t.settings.gateway.name}
            required
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          {make.problem && <ProblemNotice problem={make.problem} />}
          <div>
            <Button type="submit" look="primary" busy={make.busy} disabled={name.trim() === ""}>
              {t.settings.gateway.make}
            </Button>
          </div>
        </form>
      </Card>
      {revoking !== undefined && (
        <Confirm
          title={t.settings.gateway.revoke}
          words={t.settings.gateway.revokeWords(revoking)}
          action={t.settings.gateway.revoke}
          onConfirm={() => make.run({ name: revoking, revoke: true })}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}
