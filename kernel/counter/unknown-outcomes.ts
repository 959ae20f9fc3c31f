import type { Journal } from "../journal/index.ts";

/** Effects that were begun before the system stopped, and whose end nobody wrote down, are said to be unknown. */
export async function tellUnknownOutcomes(journal: Journal): Promise<void> {
  const last = journal.newest(1, { kind: "system.started" })[0];
  const begun = journal
    .newest(1000, { kind: "effect.begun" })
    .filter((event) => event.seq > (last?.seq ?? 0));
  for (const { trace, span, actor, subject, data, seq } of begun) {
    const known = journal
      .read(seq, 1000, { trace })
      .some((event) => event.span === span && event.kind === "capability.called");
    if (!known)
      journal.append({ kind: "effect.unknown", actor, subject, data: { begun: seq, ...data }, trace, span });
  }
  await journal.committed();
}
