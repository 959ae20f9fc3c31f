import { ArrowUp, ScrollText, ShieldCheck } from "lucide-react";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useAddress } from "../../../address/index.ts";
import { Button, Empty, Page, ProblemNotice, Skeleton, Spinner } from "../../../design/index.ts";
import { t } from "../../../text/index.ts";
import { VerifyDialog } from "../verify/verify.tsx";
import { isEcho, isReading, says } from "./filter.ts";
import { Filters } from "./filters.tsx";
import style from "./log.module.css";
import { Rows } from "./rows.tsx";
import { useTail } from "./use_tail.ts";

const words = t.journal;
/** So many rows are sought before one asks for more, in at most so many events. */
const ROWS_LEAST = 60;
const LOOKED_MOST = 6000;

/** The journal as it grows, the newest first, and back to its beginning. */
export function Log() {
  const { chosen, choose } = useAddress();
  const [follow, setFollow] = useState(true);
  const [atTop, setAtTop] = useState(true);
  const [verifying, setVerifying] = useState(false);
  const [budget, setBudget] = useState(LOOKED_MOST);
  const text = chosen("text");
  const sought = useDeferredValue(text);
  const reads = chosen("reads") === "yes";
  const filter = {
    kind: chosen("kind"),
    agent: chosen("agent"),
    session: chosen("session"),
    from: chosen("from"),
    to: chosen("to"),
  };
  const everyone = filter.agent === "" && filter.session === "";
  const tail = useTail(filter, follow && atTop);
  const { events, more, reading, problem, held } = tail;
  const rows = useMemo(
    () =>
      events.filter(
        (event) => (reads || !(isReading(event) || (everyone && isEcho(event)))) && says(event, sought),
      ),
    [events, reads, everyone, sought],
  );
  const looking = more && rows.length < ROWS_LEAST && events.length < budget && problem === undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that was read decides about the next one.
  useEffect(() => {
    if (looking) tail.further();
  }, [looking, events.length, reading]);

  const toTop = () => {
    document.getElementById("content")?.scrollTo({ top: 0 });
    tail.take();
  };
  const any = Object.values(filter).some(Boolean) || text !== "";

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
                    choose(
                      Object.fromEntries([...Object.keys(filter), "text"].map((name) => [name, undefined])),
                    )
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
            <Spinner /> {words.searching(events.length)}
          </>
        ) : more ? (
          <>
            <span>{words.looked(events.length)}</span>
            <Button
              small
              onClick={() => {
                setBudget(events.length + LOOKED_MOST);
                tail.further();
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
