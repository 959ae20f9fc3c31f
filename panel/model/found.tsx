import { ChevronRight, Cpu, RotateCw } from "lucide-react";
import { useCapability } from "../client/index.ts";
import { Button, Card, ProblemNotice, Spinner } from "../design/index.ts";
import { t } from "../text/index.ts";
import style from "./model.module.css";
import type { Trial } from "./trial.tsx";

const SHOWN = 8;

/** Model servers on this machine, and what they serve. */
export function Found({ onChosen }: { onChosen(trial: Trial): void }) {
  const { data, error, isFetching, refetch } = useCapability("model.detect", {});
  const models = data?.models.filter((one) => !one.embeds) ?? [];
  return (
    <Card
      title={t.welcome.here}
      actions={
        !isFetching && (
          <Button small look="quiet" icon={RotateCw} onClick={() => refetch()}>
            {t.welcome.lookAgain}
          </Button>
        )
      }
    >
      {isFetching ? (
        <p className={style.busy} role="status">
          <Spinner /> {t.welcome.looking}
        </p>
      ) : error ? (
        <ProblemNotice problem={error} />
      ) : (
        <>
          <p className={style.soft}>{models.length > 0 ? t.welcome.hereMore : t.welcome.hereNone}</p>
          {models.length > 0 && (
            <ul className={style.models}>
              {models.slice(0, SHOWN).map((one) => (
                <li key={one.name}>
                  <button
                    type="button"
                    className={style.model}
                    onClick={() => onChosen({ kind: "there", name: one.name })}
                  >
                    <Cpu size={18} strokeWidth={1.8} aria-hidden />
                    <span>{one.model}</span>
                    <small>{one.base_url.replace(/^https?:\/\//, "")}</small>
                    <ChevronRight size={16} aria-hidden />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </Card>
  );
}
