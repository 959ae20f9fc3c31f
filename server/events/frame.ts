import type { Event } from "#contract";

/**
 * An event in the text/event-stream format (WHATWG HTML, server-sent events): `id` is the sequence number, `event` the kind,
 * `data` the whole event as JSON.
 */
export function eventFrame(event: Event): string {
  return `id: ${event.seq}\nevent: ${event.kind.replace(/[\r\n]/g, " ")}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A line that readers ignore. */
export const commentFrame = (text: string): string => `: ${text}\n\n`;
