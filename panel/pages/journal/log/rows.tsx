import { ChartGantt } from "lucide-react";
import { useEffect, useEffectEvent, useMemo } from "react";
import { Link } from "wouter";
import type { Event } from "#contract";
import { AgentName, useNames } from "../../../agent/index.ts";
import { duration, LongList, Moment } from "../../../design/index.ts";
import { familyOf, sentenceOf, tookMs, wentWell } from "../../../receipt/index.ts";
import { locale, t } from "../../../text/index.ts";
import style from "./rows.module.css";

const ROW_PX = 38;
/** Nearer to the top than this, new events may move the list. */
const TOP_PX = 160;

type Item = { readonly day: number } | { readonly event: Event; readonly joined: boolean };

const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);

/** Events, the newest first, with a heading for each day; only those in sight are drawn. */
export function Rows({
  events,
  onOpen,
  onTop,
  onEnd,
}: {
  readonly events: readonly Event[];
  onOpen(seq: number): void;
  /** The reader is at the newest, or has left it. */
  onTop(at: boolean): void;
  /** The reader comes near the oldest. */
  onEnd(): void;
}) {
  const items = useMemo(() => itemsOf(events), [events]);
  const told = useEffectEvent(onTop);
  useEffect(() => {
    const page = document.getElementById("content");
    const look = () => told((page?.scrollTop ?? 0) < TOP_PX);
    page?.addEventListener("scroll", look, { passive: true });
    return () => page?.removeEventListener("scroll", look);
  }, []);
  return (
    <div className={style.rows}>
      <LongList
        label={t.journal.events}
        items={items}
        keyOf={(item) => ("day" in item ? `day-${item.day}` : item.event.seq)}
        heightPx={ROW_PX}
        onEnd={onEnd}
      >
        {(item) =>
          "day" in item ? (
            <h2 className={style.day}>{day.format(item.day)}</h2>
          ) : (
            <Row event={item.event} joined={item.joined} onOpen={onOpen} />
          )
        }
      </LongList>
    </div>
  );
}

function Row({
  event,
  joined,
  onOpen,
}: {
  readonly event: Event;
  /** The row below is of the same trace. */
  readonly joined: boolean;
  onOpen(seq: number): void;
}) {
  const { icon: Icon, hue } = familyOf(event);
  const took = tookMs(event);
  const nameOf = useNames();
  const well = wentWell(event);
  return (
    <div className={style.row} data-joined={joined || undefined}>
      <button type="button" className={style.main} onClick={() => onOpen(event.seq)}>
        <span className={style.time}>
          <Moment at={event.at} short />
        </span>
        <span className={style.mark} data-hue={well ? hue : 5}>
          <Icon size={15} strokeWidth={1.9} aria-hidden />
        </span>
        <span className={well ? style.said : style.failed}>{sentenceOf(event, nameOf)}</span>
        <span className={style.who}>
          <AgentName id={event.actor} />
        </span>
        <span className={style.took}>{took === undefined ? "" : duration(took)}</span>
        <span className={style.seq}>{event.seq}</span>
      </button>
      {event.trace && (
        <Link
          href={`/journal/${event.trace}`}
          className={style.trace}
          aria-label={t.journal.trace.open}
          title={t.journal.trace.open}
        >
          <ChartGantt size={15} aria-hidden />
        </Link>
      )}
    </div>
  );
}

function itemsOf(events: readonly Event[]): readonly Item[] {
  const items: Item[] = [];
  let current: number | undefined;
  for (const [n, event] of events.entries()) {
    const start = midnight(event.at);
    if (start !== current) items.push({ day: start });
    current = start;
    items.push({ event, joined: event.trace !== "" && events[n + 1]?.trace === event.trace });
  }
  return items;
}
