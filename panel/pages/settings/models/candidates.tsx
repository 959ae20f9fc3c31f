import { ArrowUp } from "lucide-react";
import { call, refresh } from "../../../client/index.ts";
import { complain, IconButton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Row } from "../section.tsx";
import style from "../settings.module.css";

/** The models that are asked one after the other, and how to change their order. */
export function Candidates({ candidates }: { readonly candidates: readonly string[] }) {
  const raise = (at: number) => {
    const next = [...candidates];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at - 1, 0, one);
    call("model.use", { model: next.join(",") })
      .then(() => refresh("model."))
      .catch(complain);
  };
  return (
    <>
      <p className={style.soft}>{t.settings.models.candidatesMore}</p>
      <ol className={style.rows}>
        {candidates.map((name, at) => (
          <Row
            key={name}
            name={`${at + 1}. ${name}`}
            actions={
              at > 0 && (
                <IconButton
                  small
                  icon={ArrowUp}
                  label={`${t.settings.models.makeDefault}: ${name}`}
                  onClick={() => raise(at)}
                />
              )
            }
          />
        ))}
      </ol>
    </>
  );
}
