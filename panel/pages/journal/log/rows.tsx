import { useVirtualizer } from "@tanstack/react-virtual";
import { ChartGantt } from "lucide-react";
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { Link } from "wouter";
import type { Event } from "#contract";
import { duration, Moment } from "../../../design/index.ts";
import { familyOf, sentenceOf, tookMs, wentWell } from "../../../receipt/index.ts";
import { t } from "../../../text/index.ts";
import style from "./rows.module.css";

const ROW_PX = 38;
/** Nearer to the top than this, new events may move the list. */
const TOP_PX = 60;

type Item = { readonly day: number } | { readonly event: Event; readonly joined: boolean };

const day = new Intl.DateTimeFormat(t.language, { weekday: "long", day: "numeric", month: "long" });
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
  const list = useRef<HTMLOListElement>(null);
  const [margin, setMargin] = useState(0);
  useEffect(() => setMargin(list.current?.offsetTop ?? 0), []);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => document.getElementById("content"),
    estimateSize: () => ROW_PX,
    getItemKey: (at) => {
      const item = items[at];
      return item === undefined ? at : "day" in item ? `day-${item.day}` : item.event.seq;
    },
    scrollMargin: margin,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const near = useEffectEvent(onEnd);
  useEffect(() => {
    if (last >= items.length - 20) near();
  }, [last, items.length]);
  const told = useEffectEvent(onTop);
  useEffect(() => {
    const scrolled = document.getElementById("content");
    const look = () => told((scrolled?.scrollTop ?? 0) < margin + TOP_PX);
    scrolled?.addEventListener("scroll", look, { passive: true });
    return () => scrolled?.removeEventListener("scroll", look);
  }, [margin]);

  const move = (key: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    const row = (key.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (step === undefined || !row) return;
    key.preventDefault();
    let to = Number(row.dataset.index) + step;
    if (items[to] && "day" in (items[to] as Item)) to += step;
    if (!items[to]) return;
    virtual.scrollToIndex(to);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-index="${to}"] button`)?.focus(),
    );
  };

  return (
    <ol
      ref={list}
      className={style.rows}
      aria-label={t.journal.events}
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={move}
    >
      {shown.map(({ index, key, start }) => {
        const item = items[index] as Item;
        return (
          <li
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            style={{ translate: `0 ${start - margin}px` }}
          >
            {"day" in item ? (
              <h2 className={style.day}>{day.format(item.day)}</h2>
            ) : (
              <Row event={item.event} joined={item.joined} onOpen={onOpen} />
            )}
          </li>
        );
      })}
    </ol>
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
  const { icon: Icon, hue } = familyOf(event.kind);
  const took = tookMs(event);
  const well = wentWell(event);
  return (
    <div className={style.row} data-joined={joined || undefined}>
      <button
        type="button"
        className={style.main}
        aria-label={`${t.journal.open(event.seq)}: ${sentenceOf(event)}`}
        onClick={() => onOpen(event.seq)}
      >
        <span className={style.time}>
          <Moment at={event.at} short />
        </span>
        <span className={style.mark} data-hue={well ? hue : 5}>
          <Icon size={15} strokeWidth={1.9} aria-hidden />
        </span>
        <span className={well ? style.said : style.failed}>{sentenceOf(event)}</span>
        <span className={style.who}>{event.actor}</span>
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
