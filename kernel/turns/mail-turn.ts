import type { Database, Mail } from "#contract";
import { openStepLog } from "./step-log.ts";
import { configurationTexts, keepSaid, ownerTexts } from "./trusted-sources.ts";
import { createTurn, type Turn } from "./turn.ts";

export interface MailTurnParts {
  /** The private database of a module. */
  state(id: string): Database;
  folderOf(id: string): string;
}

/** The handling of a message by the module it is for: its steps kept, what the owner said and wrote trusted. */
export function createMailTurns({ state: stateOf, folderOf }: MailTurnParts): (mail: Mail) => Turn {
  return (mail) => {
    const state = stateOf(mail.to);
    return createTurn({
      session: mail.session ?? undefined,
      source: mail.source,
      tainted: mail.tainted,
      attended: mail.attended,
      steps: openStepLog(state, mail.id),
      onSaid(text) {
        if (mail.session !== null) keepSaid(state, mail.session, text);
      },
      trustedTexts: () => [...ownerTexts(state, mail.session), ...configurationTexts(folderOf(mail.to))],
    });
  };
}
