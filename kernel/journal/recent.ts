import type { Event, JsonObject } from "#contract";
import type { EventFilter, WrittenRow } from "./table.ts";

/**
 * The last events that were written, in memory: those who follow the journal (streams, modules) read each batch right after it was
 * written, and do not have to ask the database for it.
 */
export interface RecentEvents {
  /** The next rows of the journal, without a gap. */
  add(rows: readonly WrittenRow[]): void;
  /** Events after a sequence number, the oldest first; undefined where some of those are not held any more. */
  read(after: number, limit: number, filter: EventFilter): Event[] | undefined;
  clear(): void;
}

const EVENTS_MAX = 1024;
const CHARS_MAX = 4 * 1024 * 1024;

interface Held {
  readonly row: WrittenRow;
  /** Made when it is first asked for. */
  event: Event | undefined;
}

export function createRecentEvents(): RecentEvents {
  let held: Held[] = [];
  let chars = 0;

  /** Lets go of half of them, so that this is seldom done. */
  const shrink = () => {
    const kept = Math.min(held.length >> 1, EVENTS_MAX >> 1);
    held = kept === 0 ? [] : held.slice(-kept);
    chars = held.reduce((sum, { row }) => sum + row.dataText.length, 0);
  };

  return {
    add(rows) {
      for (const row of rows) {
        held.push({ row, event: undefined });
        chars += row.dataText.length;
      }
      while (held.length > EVENTS_MAX || chars > CHARS_MAX) shrink();
    },
    read(after, limit, filter) {
      const first = held[0]?.row.seq;
      if (first === undefined || after < first - 1) return undefined;
      const events: Event[] = [];
      for (let at = after - first + 1; at < held.length && events.length < limit; at++) {
        const one = held[at] as Held;
        if (!concerns(one.row, filter)) continue;
        one.event ??= toEvent(one.row);
        events.push(one.event);
      }
      return events;
    },
    clear() {
      held = [];
      chars = 0;
    },
  };
}

const concerns = ({ trace, kind, actor }: WrittenRow, filter: EventFilter): boolean =>
  (filter.trace === undefined || filter.trace === trace) &&
  (filter.actor === undefined || filter.actor === actor) &&
  (filter.kind === undefined || isOfKind(kind, filter.kind));

/** A kind, or a family such as `turn.*`. */
const isOfKind = (kind: string, wanted: string): boolean =>
  wanted.endsWith(".*") ? kind.startsWith(wanted.slice(0, -1)) : kind === wanted;

function toEvent({ dataText, ...row }: WrittenRow): Event {
  return { ...row, data: JSON.parse(dataText) as JsonObject };
}
