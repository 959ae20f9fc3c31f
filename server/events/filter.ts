import type { Event } from "#contract";
import type { EventFilter } from "../port.ts";

/** Which events a client wants; every field given must match. */
export interface StreamFilter extends EventFilter {
  /** The session that the event's data name. */
  readonly session?: string;
  /** A module that acts in the event or is its subject. */
  readonly agent?: string;
}

/** The part of a filter that the journal does not know. */
export function concerns(event: Event, { session, agent }: StreamFilter): boolean {
  if (session !== undefined && event.data.session !== session) return false;
  return agent === undefined || event.actor === agent || event.subject === agent;
}
