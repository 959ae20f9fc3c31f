import type { Event, LiveEvent } from "#contract";
import type { EventFilter } from "../port.ts";

/** Which events a client wants; every field given must match. */
export interface StreamFilter extends EventFilter {
  /** The session that an event is about or that its data name. */
  readonly session?: string;
  /** A module that acts in the event, is its subject or is named by its data. */
  readonly agent?: string;
}

/** The part of a filter that the journal does not know. */
export function concerns({ actor, subject, data }: Event, { session, agent }: StreamFilter): boolean {
  if (session !== undefined && data.session !== session && subject !== session) return false;
  return agent === undefined || [actor, subject, data.agent, data.module].includes(agent);
}

/** The whole filter, for an event that is not in the journal. */
export function concernsLive(event: LiveEvent, { session, agent, kind, trace }: StreamFilter): boolean {
  if (session !== undefined && event.session !== session) return false;
  if (agent !== undefined && event.agent !== agent) return false;
  if (trace !== undefined && event.trace !== trace) return false;
  return kind === undefined || isOfKind(event.kind, kind);
}

const isOfKind = (kind: string, wanted: string): boolean =>
  wanted.endsWith(".*") ? kind.startsWith(wanted.slice(0, -1)) : kind === wanted;
