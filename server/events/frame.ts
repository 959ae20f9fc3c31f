import type { Event, LiveEvent } from "#contract";

/**
 * An event in the text/event-stream format (WHATWG HTML, server-sent events): `id` is the sequence number, `event` the kind,
 * `data` the whole event as JSON.
 */
export const eventFrame = (event: Event): string => `id: ${event.seq}\n${frame(event)}`;

/** An event that is not kept: without `id`, so that a client resumes from the last one that is. */
export const liveFrame = (event: LiveEvent): string => frame(event);

/** Live events did not fit: the client should look at the session for what is being said. */
export const lostFrame = (lost: number): string => frame({ kind: "live.lost", lost });

/**
 * Events after a sequence number are not there to be sent: the journal was put back from a backup and has not got so far, or has
 * let go of them. The stream goes on after `last_seq`, which is its `id`; what is shown is to be read anew.
 */
export const gapFrame = (after: number, last_seq: number): string =>
  `id: ${last_seq}\n${frame({ kind: "journal.gap", after, last_seq })}`;

/** A line that readers ignore. */
export const commentFrame = (text: string): string => `: ${text}\n\n`;

const frame = <E extends { readonly kind: string }>(event: E): string =>
  `event: ${event.kind.replace(/[\r\n]/g, " ")}\ndata: ${JSON.stringify(event)}\n\n`;
