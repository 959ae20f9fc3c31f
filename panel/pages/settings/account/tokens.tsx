import { type FormEvent, useState } from "react";
import { call, refresh, useAct, useCapability } from "../../../client/index.ts";
import {
  Ago,
  Badge,
  Button,
  Card,
  Choice,
  Confirm,
  Moment,
  ProblemNotice,
  Select,
  TextField,
} from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Once } from "../once.tsx";
import { Row, SectionHead } from "../section.tsx";
import style from "../settings.module.css";

const DAY_MS = 86_400_000;
/** What a token may, where one word says it. */
const WHOLE = { read: ["read"], all: ["*"] } as const;
type Reach = keyof typeof WHOLE | "some";

/** API tokens: their scopes, and their values this once. */
export function Tokens() {
  const { data, error } = useCapability("account.token.list", {});
  const [revoking, setRevoking] = useState<{ readonly id: string; readonly name: string }>();
  return (
    <>
      <SectionHead title={t.settings.sections.tokens} lead={t.settings.tokens.lead} />
      {error && <ProblemNotice problem={error} />}
      {data?.tokens.length === 0 && <p className={style.soft}>{t.settings.tokens.none}</p>}
      {data && data.tokens.length > 0 && (
        <ul className={style.rows}>
          {data.tokens.map((one) => (
            <Row
              key={one.id}
              name={one.name}
              marks={one.scopes.map((scope) => <Badge key={scope}>{scope}</Badge>)}
              about={
                <>
                  {one.expires_at ? (
                    <>
                      {t.settings.tokens.until} <Moment at={one.expires_at} />
                    </>
                  ) : (
                    t.settings.tokens.forever
                  )}
                  {one.used_at && (
                    <>
                      {" "}
                      · {t.settings.account.used} <Ago at={one.used_at} />
                    </>
                  )}
                </>
              }
              actions={
                <Button small look="danger" onClick={() => setRevoking(one)}>
                  {t.settings.tokens.revoke}
                </Button>
              }
            />
          ))}
        </ul>
      )}
      <NewToken />
      {revoking && (
        <Confirm
          title={t.settings.tokens.revoke}
          words={t.settings.tokens.revokeWords(revoking.name)}
          action={t.settings.tokens.revoke}
          onConfirm={() => call("account.token.revoke", { id: revoking.id }).then(() => refresh("account."))}
          onClose={() => setRevoking(undefined)}
        />
      )}
    </>
  );
}

function NewToken() {
  const [name, setName] = useState("");
  const [reach, setReach] = useState<Reach>("read");
  const [some, setSome] = useState("");
  const [days, setDays] = useState("90");
  const [made, setMade] = useState<string>();
  const make = useAct("account.token.make", ({ value }) => {
    setMade(value);
    setName("");
    refresh("account.");
  });
  const scopes = reach === "some" ? some.split(/[\s,]+/).filter(Boolean) : WHOLE[reach];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expires =
      days === "" ? {} : { expires_at: new Date(Date.now() + Number(days) * DAY_MS).toISOString() };
    make.run({ name: name.trim(), scopes: [...scopes], ...expires }).catch(() => undefined);
  };
  return (
    <Card title={t.settings.tokens.make}>
      <form className={style.form} onSubmit={submit}>
        <div className={style.pair}>
          <TextField
            label={t.settings.tokens.name}
            required
            maxLength={64}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Select
            label={t.settings.tokens.expires}
            options={(["7", "30", "90", "365", ""] as const).map(
              (one) => [one, t.settings.tokens.days[one]] as const,
            )}
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        </div>
        <div className={style.reach}>
          <span aria-hidden>{t.settings.tokens.reach}</span>
          <Choice<Reach>
            label={t.settings.tokens.reach}
            value={reach}
            options={[
              ["read", t.settings.tokens.reaches.read],
              ["some", t.settings.tokens.reaches.some],
              ["all", t.settings.tokens.reaches.all, "warn"],
            ]}
            onChange={setReach}
          />
          <p className={style.about}>{t.settings.tokens.reachMore[reach]}</p>
        </div>
        {reach === "some" && (
          <TextField
            label={t.settings.tokens.scopes}
            hint={t.settings.tokens.scopesHint}
            placeholder="agent.list session.*"
            required
            spellCheck={false}
            value={some}
            onChange={(event) => setSome(event.target.value)}
          />
        )}
        {make.problem && <ProblemNotice problem={make.problem} />}
        {made && <Once words={t.settings.tokens.made} value={made} />}
        <div>
          <Button
            look="primary"
            type="submit"
            busy={make.busy}
            disabled={name.trim() === "" || scopes.length === 0}
          >
            {t.settings.tokens.make}
          </Button>
        </div>
      </form>
    </Card>
  );
}
