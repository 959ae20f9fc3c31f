import type { Event } from "#contract";

/** The end of the journal, as far back as it was read: the newest first, each once. */
export interface Tail {
  readonly events: readonly Event[];
  /** Where the next page back ends; null: the journal begins here. undefined: nothing was read yet. */
  readonly before: number | null | undefined;
  /** In how many events back something was sought. */
  readonly looked: number;
}

export const NOTHING_READ: Tail = { events: [], before: undefined, looked: 0 };
/** What is kept; more is read again when it is looked at. */
export const KEPT_MAX = 20_000;

/** A page that was read, oldest first, further back than all that is there or overlapping it. */
export function addPage(tail: Tail, page: readonly Event[], before: number | null, looked: number): Tail {
  return { events: merge(tail.events, page.toReversed()), before, looked: tail.looked + looked };
}

/** What has just happened. */
export function addNew(tail: Tail, fresh: readonly Event[]): Tail {
  const events = merge(
    tail.events,
    fresh.toSorted((a, b) => b.seq - a.seq),
  );
  if (events.length <= KEPT_MAX) return { ...tail, events };
  const kept = events.slice(0, KEPT_MAX);
  return { ...tail, events: kept, before: kept.at(-1)?.seq ?? tail.before };
}

/** Both are sorted, the newest first. */
function merge(one: readonly Event[], other: readonly Event[]): readonly Event[] {
  const last = one.at(-1);
  const first = other[0];
  if (!last || !first) return one.length === 0 ? other : one;
  if (first.seq < last.seq) return [...one, ...other];
  const merged = new Map<number, Event>();
  for (const event of [...one, ...other]) merged.set(event.seq, event);
  return [...merged.values()].sort((a, b) => b.seq - a.seq);
}
