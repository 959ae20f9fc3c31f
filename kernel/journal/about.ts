import type { Event, EventDraft } from "#contract";

/** Kinds whose subject is a module or a conversation. */
const NAMES_ITS_SUBJECT = /^(message|module|grant|session|turn)\./;
/** By far the most events: an agent's are found by its name as the actor. */
const NOT_LISTED = "capability.called";
const NAME_MAX_CHARS = 128;

/**
 * What an event is about, for the table `event_about`: `a:` and each module that acts in it, is its subject or is named by its data;
 * `s:` and the conversation. An event is the same row of the chain whatever stands there.
 */
export function aboutOf({
  kind,
  actor,
  subject,
  data = {},
}: Pick<EventDraft | Event, "kind" | "actor" | "subject" | "data">): string[] {
  if (kind === NOT_LISTED) return [];
  const about = new Set<string>();
  const add = (prefix: "a" | "s", name: unknown) => {
    if (typeof name === "string" && name !== "" && name.length <= NAME_MAX_CHARS)
      about.add(`${prefix}:${name}`);
  };
  add("a", actor);
  add("a", data.agent);
  add("a", data.module);
  add("a", data.of);
  add("s", data.session);
  if (NAMES_ITS_SUBJECT.test(kind)) add(kind.startsWith("session.") ? "s" : "a", subject);
  return [...about];
}

/** The same for what a journal of an older form holds. */
export const BACKFILL = `
INSERT OR IGNORE INTO event_about SELECT 'a:' || actor, seq FROM events WHERE kind <> '${NOT_LISTED}' AND length(actor) BETWEEN 1 AND ${NAME_MAX_CHARS};
INSERT OR IGNORE INTO event_about SELECT 'a:' || (data ->> '$.agent'), seq FROM events WHERE kind <> '${NOT_LISTED}' AND json_type(data, '$.agent') = 'text' AND length(data ->> '$.agent') BETWEEN 1 AND ${NAME_MAX_CHARS};
INSERT OR IGNORE INTO event_about SELECT 'a:' || (data ->> '$.module'), seq FROM events WHERE kind <> '${NOT_LISTED}' AND json_type(data, '$.module') = 'text' AND length(data ->> '$.module') BETWEEN 1 AND ${NAME_MAX_CHARS};
INSERT OR IGNORE INTO event_about SELECT 'a:' || (data ->> '$.of'), seq FROM events WHERE kind <> '${NOT_LISTED}' AND json_type(data, '$.of') = 'text' AND length(data ->> '$.of') BETWEEN 1 AND ${NAME_MAX_CHARS};
INSERT OR IGNORE INTO event_about SELECT 's:' || (data ->> '$.session'), seq FROM events WHERE kind <> '${NOT_LISTED}' AND json_type(data, '$.session') = 'text' AND length(data ->> '$.session') BETWEEN 1 AND ${NAME_MAX_CHARS};
INSERT OR IGNORE INTO event_about SELECT 'a:' || subject, seq FROM events WHERE (kind GLOB 'message.*' OR kind GLOB 'module.*' OR kind GLOB 'grant.*' OR kind GLOB 'turn.*') AND length(subject) BETWEEN 1 AND ${NAME_MAX_CHARS};
INSERT OR IGNORE INTO event_about SELECT 's:' || subject, seq FROM events WHERE kind GLOB 'session.*' AND length(subject) BETWEEN 1 AND ${NAME_MAX_CHARS};
`;
