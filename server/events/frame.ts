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

/** A line that readers ignore. */
export const commentFrame = (text: string): string => `: ${text}\n\n`;

const frame = <E extends { readonly kind: string }>(event: E): string =>
  `event: ${event.kind.replace(/[\r\n]/g, " ")}\ndata: ${JSON.stringify(event)}\n\n`;
