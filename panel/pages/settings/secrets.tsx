import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call, refresh, useAct, useCapability } from "../../client/index.ts";
import { Ago, Button, Card, Confirm, ProblemNotice, say, TextField } from "../../design/index.ts";
import { t } from "../../text/index.ts";
import { Row, SectionHead } from "./section.tsx";
import style from "./settings.module.css";

/** Secrets: names and hosts, never values. */
export function Secrets() {
  const { data, error } = useCapability("secret.list", {});
  const [asking, setAsking] = useState<{ readonly delete: string } | "rotate">();
  const again = () => refresh("secret.");
  return (
    <>
      <SectionHead
        title={t.settings.sections.secrets}
        lead={t.settings.secrets.lead}
        actions={
          <Button icon={KeyRound} onClick={() => setAsking("rotate")}>
            {t.settings.secrets.rotate}
          </Button>
        }
      />
      {error && <ProblemNotice problem={error} />}
      {data?.secrets.length === 0 && <p className={style.soft}>{t.settings.secrets.none}</p>}
      {data && data.secrets.length > 0 && (
        <ul className={style.rows}>
          {data.secrets.map(({ name, hosts, updated_at }) => (
            <Row
              key={name}
              name={<code>{name}</code>}
              about={
                <>
                  {hosts.length > 0 ? hosts.join(", ") : t.settings.secrets.anyHost} · <Ago at={updated_at} />
                </>
              }
              actions={
                <Button small look="danger" onClick={() => setAsking({ delete: name })}>
                  {t.settings.secrets.delete}
                </Button>
              }
            />
          ))}
        </ul>
      )}
      <NewSecret onKept={again} />
      {asking === "rotate" && (
        <Confirm
          title={t.settings.secrets.rotate}
          words={t.settings.secrets.rotateWords}
          action={t.settings.secrets.rotate}
          onConfirm={() =>
            call("secret.rotate", {}).then(({ rotated }) => say(t.settings.secrets.rotated(rotated)))
          }
          onClose={() => setAsking(undefined)}
        />
      )}
      {typeof asking === "object" && (
        <Confirm
          title={t.settings.secrets.delete}
          words={t.settings.secrets.deleteWords(asking.delete)}
          action={t.settings.secrets.delete}
          onConfirm={() => call("secret.delete", { name: asking.delete }).then(again)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </>
  );
}

function NewSecret({ onKept }: { onKept(): void }) {
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const [hosts, setHosts] = useState("");
  const set = useAct("secret.set", () => {
    say(t.settings.secrets.kept);
    setName("");
    setValue("");
    setHosts("");
    onKept();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const list = hosts.split(/[\s,]+/).filter(Boolean);
    set.run({ name: name.trim(), value, hosts: list }).catch(() => undefined);
  };
  return (
    <Card>
      <form className={style.form} onSubmit={submit}>
        <div className={style.pair}>
          <TextField
            label={t.settings.secrets.name}
            required
            maxLength={128}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={t.settings.secrets.value}
            type="password"
            required
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </div>
        <TextField
          label={t.settings.secrets.hosts}
          hint={t.settings.secrets.hostsHint}
          value={hosts}
          onChange={(event) => setHosts(event.target.value)}
        />
        {set.problem && <ProblemNotice problem={set.problem} />}
        <div>
          <Button look="primary" type="submit" busy={set.busy} disabled={name.trim() === "" || value === ""}>
            {t.settings.secrets.keep}
          </Button>
        </div>
      </form>
    </Card>
  );
}
