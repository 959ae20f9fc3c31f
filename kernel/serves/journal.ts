import { hash } from "node:crypto";
import {
  capability,
  dataText,
  eventText,
  FieldworkError,
  type Provider,
  progressEvent,
  provide,
} from "#contract";
import { type Journal, type JournalReader, verifyJournal } from "../journal/index.ts";

export interface JournalParts {
  readonly journal: Journal;
  readonly reader: JournalReader;
  /** Absolute path of `journal.db`. */
  readonly journalFile: string;
}

const time = (iso: string | undefined): number | undefined =>
  iso === undefined ? undefined : Date.parse(iso);

/** Looking at the journal, and proving it. */
export function serveJournal({ journal, reader, journalFile }: JournalParts): Provider[] {
  let verifying = false;
  return [
    provide(capability("journal.query"), async ({ from, to, text, ...asked }) => {
      const { after, limit, newest, trace, before, kind, actor, agent, session } = asked;
      const words = text?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
      const plain =
        words.length === 0 &&
        [before, kind, actor, agent, session, from, to].every((one) => one === undefined);
      if (plain) {
        const filter = trace === undefined ? {} : { trace };
        const events = newest ? journal.newest(limit, filter) : journal.read(after, limit, filter);
        const more = newest && events.length === limit;
        return { events, last_seq: journal.lastSeq(), next_before: more ? (events[0]?.seq ?? null) : null };
      }
      await journal.committed();
      const last_seq = journal.lastSeq();
      const { events, more, looked, last } = await reader.page({
        ...asked,
        from: time(from),
        to: time(to),
        words,
      });
      const next = more && last > 0 ? last : null;
      if (words.length === 0) return { events, last_seq, next_before: newest ? next : null };
      return { events, last_seq, looked, ...(newest ? { next_before: next } : { next_after: next }) };
    }),
    provide(capability("journal.event"), ({ seq }) => {
      const found = journal.event(seq);
      if (!found)
        throw new FieldworkError("not_found", `The journal holds no event ${seq}.`, {
          remedy: "It was dropped to keep the journal within `journal.keep_mb`, or never happened.",
        });
      const { event, before } = found;
      const { hash: stored, data, ...row } = event;
      return {
        event,
        hash_holds: hash("sha256", eventText(row, dataText(data))) === stored,
        chain_holds: before === undefined ? null : event.prev === before,
      };
    }),
    provide(capability("journal.trace"), async ({ trace }) => {
      await journal.committed();
      const { spans, events, truncated } = await reader.trace(trace);
      const start = spans.reduce(
        (least, one) => Math.min(least, Date.parse(one.start)),
        Number.POSITIVE_INFINITY,
      );
      const end = spans.reduce((most, one) => Math.max(most, Date.parse(one.end)), Number.NEGATIVE_INFINITY);
      const any = spans.length > 0;
      return {
        trace,
        start: any ? new Date(start).toISOString() : null,
        end: any ? new Date(end).toISOString() : null,
        ms: any ? end - start : 0,
        spans,
        events,
        truncated,
      };
    }),
    provide(capability("journal.verify"), async (_, context) => {
      if (verifying)
        throw new FieldworkError("conflict", "The journal is being verified already.", {
          remedy: "Wait for it, or stop it where it was begun.",
        });
      verifying = true;
      try {
        await journal.committed();
        const of = journal.count();
        const tell = (done: number) =>
          context.host.live(
            progressEvent(
              { work: "journal.verify", step: "Proving the chain", done, of, unit: "events" },
              context.trace,
            ),
          );
        tell(0);
        const { ok, events, firstBad, problem } = await verifyJournal(journalFile, {
          signal: context.signal,
          progress: tell,
        });
        tell(events);
        return { ok, events, first_bad: firstBad, problem };
      } finally {
        verifying = false;
      }
    }),
  ];
}
