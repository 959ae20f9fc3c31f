import type { JsonObject } from "#contract";
import type { Journal } from "../journal/index.ts";

type Write = (kind: string, actor: string, subject: string, trace: string, data: JsonObject) => void;

/** What the journal is told of mail. */
export interface MailLog {
  readonly write: Write;
  /** A line that may be missing: the journal's own failure is shown in health. */
  readonly tryWrite: Write;
}

export function createMailLog(journal: Journal): MailLog {
  const write: Write = (kind, actor, subject, trace, data) =>
    void journal.append({ kind, actor, subject, trace, span: trace.slice(0, 16), data });
  return {
    write,
    tryWrite(...line) {
      try {
        write(...line);
      } catch {
        // Shown in health, as said above.
      }
    },
  };
}
