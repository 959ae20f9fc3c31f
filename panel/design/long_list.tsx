import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import style from "./long_list.module.css";

/** So near to the end, in items, more is asked for. */
const END_ITEMS = 20;
const OVERSCAN = 10;

/**
 * A list of any length that scrolls with the page: only what is in sight is drawn. Arrow keys go from one item's first button or link
 * to the next one's, beside Tab.
 */
export function LongList<Item>({
  label,
  items,
  keyOf,
  heightPx,
  children,
  onEnd,
}: {
  readonly label: string;
  readonly items: readonly Item[];
  keyOf(item: Item): string | number;
  /** About how high an item is. */
  readonly heightPx: number;
  children(item: Item): ReactNode;
  /** The reader comes near the end. */
  onEnd?(): void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const [margin, setMargin] = useState(0);
  useEffect(() => {
    const element = list.current;
    const page = document.getElementById("content");
    if (!element || !page) return;
    const measure = () =>
      setMargin(element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop);
    measure();
    // What stands above the list may grow and shrink.
    const watch = new ResizeObserver(measure);
    for (const above of [page, element.parentElement]) if (above) watch.observe(above);
    return () => watch.disconnect();
  }, []);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => document.getElementById("content"),
    estimateSize: () => heightPx,
    getItemKey: (at) => keyOf(items[at] as Item),
    scrollMargin: margin,
    overscan: OVERSCAN,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const near = useEffectEvent(() => onEnd?.());
  useEffect(() => {
    if (last >= items.length - END_ITEMS) near();
  }, [last, items.length]);

  const move = (key: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key.key];
    const from = (key.target as HTMLElement).closest<HTMLElement>("[data-index]");
    if (step === undefined || !from) return;
    key.preventDefault();
    focus(Number(from.dataset.index) + step, step);
  };
  const focus = (to: number, step: number) => {
    if (to < 0 || to >= items.length) return;
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => {
      const next = list.current?.querySelector<HTMLElement>(`[data-index="${to}"]`);
      const control = next?.querySelector<HTMLElement>("button, a");
      if (control) control.focus();
      else if (next) focus(to + step, step);
    });
  };

  return (
    <ol
      ref={list}
      className={style.list}
      aria-label={label}
      style={{ height: virtual.getTotalSize() }}
      onKeyDown={move}
    >
      {shown.map(({ index, key, start }) => (
        <li
          key={key}
          ref={virtual.measureElement}
          data-index={index}
          style={{ translate: `0 ${start - margin}px` }}
        >
          {children(items[index] as Item)}
        </li>
      ))}
    </ol>
  );
}
