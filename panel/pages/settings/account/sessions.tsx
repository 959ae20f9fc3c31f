import { refresh, useAct, useCapability } from "../../../client/index.ts";
import { Ago, Badge, Button, ProblemNotice, Skeleton, say } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Row, SectionHead } from "../section.tsx";
import style from "../settings.module.css";

/** Where one is signed in. */
export function Sessions() {
  const { data, error } = useCapability("account.session.list", {});
  const revoke = useAct("account.session.revoke", ({ ended }) => {
    say(t.settings.sessions.ended(ended));
    refresh("account.");
  });
  return (
    <>
      <SectionHead
        title={t.settings.sections.sessions}
        lead={t.settings.sessions.lead}
        actions={
          data &&
          data.sessions.length > 1 && (
            <Button busy={revoke.busy} onClick={() => revoke.run({ others: true }).catch(() => undefined)}>
              {t.settings.sessions.endOthers}
            </Button>
          )
        }
      />
      {(error ?? revoke.problem) && <ProblemNotice problem={error ?? revoke.problem} />}
      {!data && !error && <Skeleton />}
      {data && data.sessions.length > 0 && (
        <ul className={style.rows}>
          {data.sessions.map((one) => (
            <Row
              key={one.id}
              name={one.device}
              marks={one.current && <Badge tone="good">{t.settings.sessions.current}</Badge>}
              about={
                <>
                  {one.address} · {t.settings.sessions.ways[one.via]} · {t.settings.sessions.used}{" "}
                  <Ago at={one.used_at} />
                </>
              }
              actions={
                !one.current && (
                  <Button
                    small
                    look="danger"
                    disabled={revoke.busy}
                    onClick={() => revoke.run({ id: one.id }).catch(() => undefined)}
                  >
                    {t.settings.sessions.end}
                  </Button>
                )
              }
            />
          ))}
        </ul>
      )}
    </>
  );
}
