import { useEffect, useState } from "react";
import type { CapabilityOutput } from "#contract";
import { useCapability } from "../../../client/index.ts";
import { ProblemNotice, Skeleton } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { Found } from "./found.tsx";
import style from "./sidebar.module.css";

const SHOWN = 50;

/** Conversations whose title or messages have the words; while others are sought, those found before stay. */
export function Results({
  query,
  agent,
  session,
  several,
}: {
  readonly query: string;
  readonly agent: string | undefined;
  readonly session: string | undefined;
  readonly several: boolean;
}) {
  const { data, error, refetch } = useCapability("session.search", { query, limit: SHOWN });
  const [last, setLast] = useState<CapabilityOutput<"session.search">>();
  useEffect(() => {
    if (data) setLast(data);
  }, [data]);
  const shown = data ?? last;
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {data && t.chat.found(data.found.length)}
      </p>
      {error && <ProblemNotice problem={error} retry={() => void refetch()} />}
      {!shown && !error && <Skeleton lines={6} />}
      {data?.found.length === 0 && <p className={style.none}>{t.chat.nothingFound}</p>}
      {shown && (
        <ul aria-busy={!data}>
          {shown.found.map((one) => (
            <Found
              key={`${one.agent} ${one.session}`}
              found={one}
              current={one.agent === agent && one.session === session}
              several={several}
            />
          ))}
        </ul>
      )}
      {data?.more && <p className={style.none}>{t.chat.moreFound}</p>}
      {data && data.left > 0 && <p className={style.none}>{t.chat.notSearchedYet(data.left)}</p>}
    </>
  );
}
