import { ArrowUp, ScrollText, ShieldCheck, Square } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { useSettled } from "../../../client/index.ts";
import { Button, Empty, Page, ProblemNotice, Skeleton, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { VerifyDialog } from "../verify/verify.tsx";
import { isEcho, isReading } from "./filter.ts";
import { Filters } from "./filters.tsx";
import style from "./log.module.css";
import { Rows } from "./rows.tsx";
import { useTail } from "./use_tail.ts";

const words = t.journal;
/** So many rows are read before one asks for more; of what is left out here, in at most so many events. */
const ROWS_LEAST = 60;
const LOOKED_MOST = 6000;

/** The journal as it grows, the newest first, and back to its beginning. */
export function Log() {
  const { chosen, choose } = useAddress();
  const [follow, setFollow] = useState(true);
  const [atTop, setAtTop] = useState(true);
  const [verifying, setVerifying] = useState(false);
  const [budget, setBudget] = useState(LOOKED_MOST);
  const [stoppedAt, setStoppedAt] = useState<number>();
  const text = chosen("text");
  const sought = useSettled(text.trim());
  const reads = chosen("reads") === "yes";
  const filter = {
    kind: chosen("kind"),
    agent: chosen("agent"),
    session: chosen("session"),
    from: chosen("from"),
    to: chosen("to"),
    text: sought,
  };
  const everyone = filter.agent === "" && filter.session === "";
  const tail = useTail(filter, follow && atTop);
  const { events, more, looked, before, reading, problem, held } = tail;
  const rows = useMemo(
    () => events.filter((event) => reads || !(isReading(event) || (everyone && isEcho(event)))),
    [events, reads, everyone],
  );
  // Words are sought by the server, to the beginning, for as long as somebody wants to wait.
  const seeking = sought !== "" ? stoppedAt !== looked : looked < budget;
  const looking = more && rows.length < ROWS_LEAST && seeking && problem === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that was read decides about the next one.
  useEffect(() => {
    if (looking) tail.further();
  }, [looking, before, reading]);

  const toTop = () => {
    document.getElementById("content")?.scrollTo({ top: 0 });
    tail.take();
  };
  const any = Object.values(filter).some(Boolean);

  return (
    <Page
      wide
      title={t.shell.journal}
      lead={words.lead}
      actions={
        <>
          <Button
            look="quiet"
            aria-pressed={follow}
            title={follow ? words.pause : words.follow}
            onClick={() => setFollow(!follow)}
          >
            <span className={follow ? style.live : style.paused}>{follow ? words.live : words.paused}</span>
          </Button>
          <Button icon={ShieldCheck} onClick={() => setVerifying(true)}>
            {words.verify.open}
          </Button>
        </>
      }
      bar={<Filters />}
    >
      {held > 0 && (
        <div className={style.newer}>
          <Button small look="primary" icon={ArrowUp} onClick={toTop}>
            {words.newer(held)}
          </Button>
        </div>
      )}
      {problem !== undefined && <ProblemNotice problem={problem} retry={tail.again} />}
      {rows.length > 0 ? (
        <Rows
          events={rows}
          onTop={setAtTop}
          onEnd={tail.further}
          onOpen={(seq) => choose({ event: String(seq) })}
        />
      ) : reading || looking ? (
        <Skeleton lines={8} />
      ) : (
        problem === undefined && (
          <Empty
            icon={ScrollText}
            title={words.empty}
            action={
              any && (
                <Button
                  onClick={() =>
                    choose(Object.fromEntries(Object.keys(filter).map((name) => [name, undefined])))
                  }
                >
                  {words.filter.clear}
                </Button>
              )
            }
          >
            {words.emptyMore}
          </Empty>
        )
      )}
      <div className={style.end} role="status">
        {reading || looking ? (
          <>
            <Spinner /> {words.searching(looked)}
            {sought !== "" && (
              <Button
                small
                look="quiet"
                icon={Square}
                onClick={() => {
                  tail.stop();
                  setStoppedAt(looked);
                }}
              >
                {t.common.stop}
              </Button>
            )}
          </>
        ) : more ? (
          <>
            <span>{words.looked(looked)}</span>
            <Button
              small
              onClick={() => {
                setBudget(looked + LOOKED_MOST);
                setStoppedAt(undefined);
                tail.again();
              }}
            >
              {words.further}
            </Button>
          </>
        ) : (
          events.length > 0 && <span>{any ? words.nothingEarlier : words.beginning}</span>
        )}
      </div>
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </Page>
  );
}
