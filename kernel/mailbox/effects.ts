import { CAPABILITIES, type Event, type Mail } from "#contract";
import type { Journal } from "../journal/index.ts";

/**
 * Did the handling of a message, before it was cut off, do anything that must not happen twice? What others did under its trace
 * counts only where its module asked for it, which is an effect of its own.
 */
export function hadEffects(journal: Journal, mail: Mail): boolean {
  let found = false;
  for (let after = 0; ; ) {
    const events = journal.read(after, 500, { trace: mail.trace });
    for (const event of events) {
      // What came before the message is not of its handling.
      if (event.kind === "message.received" && event.data.id === mail.id) found = false;
      else if (event.actor === mail.to && isEffect(event)) found = true;
    }
    const last = events.at(-1);
    if (!last || events.length < 500) return found;
    after = last.seq;
  }
}

/** Unknown capabilities count as effects. */
function isEffect({ kind, subject }: Event): boolean {
  if (kind === "effect.begun") return true;
  if (kind !== "capability.called") return false;
  const effect = CAPABILITIES.get(subject ?? "")?.effect ?? "system";
  return effect !== "none" && effect !== "read";
}
