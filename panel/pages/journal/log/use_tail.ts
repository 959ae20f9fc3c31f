import { useEffect, useRef, useState } from "react";
import type { Event } from "#contract";
import { call } from "../../../client/index.ts";
import { useEvents } from "../../../live/index.ts";
import { type Filter, matches } from "./filter.ts";
import { addNew, addPage, NOTHING_READ, type Tail } from "./tail.ts";

const PAGE_EVENTS = 300;
/** A burst of events is one drawing. */
const GATHER_MS = 80;
const HELD_MAX = 5000;

/**
 * The end of the journal under a filter: read back page by page, and followed as it grows. While it is not followed, what comes is
 * held back and counted.
 */
export function useTail(filter: Filter, follow: boolean) {
  const [tail, setTail] = useState<Tail>(NOTHING_READ);
  const [problem, setProblem] = useState<unknown>();
  const [reading, setReading] = useState(true);
  const [held, setHeld] = useState(0);
  const waiting = useRef<Event[]>([]);
  const attempt = useRef<AbortController>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const read = async (before: number | undefined) => {
    attempt.current?.abort();
    const trying = new AbortController();
    attempt.current = trying;
    const { signal } = trying;
    setReading(true);
    setProblem(undefined);
    try {
      const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ""));
      const page = await call(
        "journal.query",
        { ...given, newest: true, limit: PAGE_EVENTS, ...(before === undefined ? {} : { before }) },
        signal,
      );
      setTail((now) =>
        addPage(
          before === undefined ? NOTHING_READ : now,
          page.events,
          page.next_before,
          filter.text === "" ? page.events.length : page.looked,
        ),
      );
    } catch (thrown) {
      if (signal.aborted) return;
      setProblem(thrown);
    }
    if (!signal.aborted) setReading(false);
  };

  const take = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const fresh = waiting.current;
    waiting.current = [];
    setHeld(0);
    if (fresh.length > HELD_MAX) void read(undefined);
    else if (fresh.length > 0) setTail((now) => addNew(now, fresh));
  };

  const key = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another tail; nothing else is.
  useEffect(() => {
    waiting.current = [];
    setHeld(0);
    setTail(NOTHING_READ);
    void read(undefined);
    return () => attempt.current?.abort();
  }, [key]);
  useEffect(() => () => clearTimeout(timer.current), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was held back comes when it is followed again.
  useEffect(() => {
    if (follow) take();
  }, [follow]);

  useEvents((event) => {
    if (!("seq" in event) || !matches(event, filter)) return;
    // Of more than are held the end of the journal is read anew.
    if (waiting.current.length <= HELD_MAX) waiting.current.push(event);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      if (follow) take();
      else setHeld(waiting.current.length);
    }, GATHER_MS);
  });

  return {
    events: tail.events,
    more: tail.before !== null,
    looked: tail.looked,
    /** Where the next page back ends: it tells one page from the next, also where it is empty. */
    before: tail.before,
    reading,
    problem,
    held,
    take,
    /** Reads a page further back; nothing while one is read. */
    further: () => {
      if (!reading && typeof tail.before === "number") void read(tail.before);
    },
    /** Leaves the page that is being read. */
    stop() {
      attempt.current?.abort();
      setReading(false);
    },
    again: () => void read(typeof tail.before === "number" ? tail.before : undefined),
  };
}
