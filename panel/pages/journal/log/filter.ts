import type { Event } from "#contract";

/** What the server is asked for; what is not chosen is empty. Times are ISO texts. */
export interface Filter {
  /** A kind, or a family such as `turn.*`. */
  readonly kind: string;
  readonly agent: string;
  readonly session: string;
  readonly from: string;
  readonly to: string;
  /** Words that must all stand in what an event says. */
  readonly text: string;
}

const CALLED = "capability.called";
const NAMES_ITS_SUBJECT = /^(message|module|grant|turn)\./;
const READS =
  /\.(list|show|query|search|event|trace|health|files|read|usage|pending|history|specs|status|embedder|keys|providers|templates|options|recalled)$/;
/** Read with these, too; what they change, when they do, says so in an event of its own. */
const ALSO_READ: ReadonlySet<string> = new Set(["agent.config", "model.detect"]);
/** The panel asks no longer: another page was opened, or the window closed. */
const LEFT = "cancelled";

/** Whether an event that has just come is one of those asked for; the rules are those of `journal.query`. */
export function matches(event: Event, { kind, agent, session, from, to, text }: Filter): boolean {
  const { data, subject } = event;
  if (kind.endsWith(".*") ? !event.kind.startsWith(kind.slice(0, -1)) : kind && event.kind !== kind)
    return false;
  if (from && event.at < Date.parse(from)) return false;
  if (to && event.at >= Date.parse(to)) return false;
  if (session && data.session !== session && !(event.kind.startsWith("session.") && subject === session))
    return false;
  if (!says(event, text)) return false;
  if (agent === "") return true;
  if (event.kind === CALLED) return kind === CALLED && event.actor === agent;
  const about = [
    event.actor,
    data.agent,
    data.module,
    data.of,
    NAMES_ITS_SUBJECT.test(event.kind) ? subject : "",
  ];
  return about.includes(agent);
}

/** A look at something that changes nothing: what the panel itself asks for when a page is opened, also where nobody waited for it. */
export const isReading = ({ kind, actor, subject, data }: Event): boolean =>
  kind === CALLED &&
  (data.ok === true || data.code === LEFT) &&
  (actor === "owner" || actor === "mind") &&
  subject !== null &&
  (READS.test(subject) || ALSO_READ.has(subject));

/** Says again, for pages that show an agent or a conversation, what the call beside it says. */
export const isEcho = ({ kind }: Event): boolean => kind === "owner.acted";

/** Whether all words stand in what the event says. */
function says({ seq, kind, actor, subject, data }: Event, sought: string): boolean {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const told = JSON.stringify(data);
  const failed = told.includes('"ok":false') ? "failed" : "";
  const text = `${seq} ${kind} ${actor} ${subject ?? ""} ${failed} ${told}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
