import { hash } from "node:crypto";
import { type Act, canonicalJson, type Effect, type JsonValue } from "#contract";

/** An act under way, and the effects of it that a person has allowed. */
export interface ActUnderWay {
  readonly act: Act;
  readonly allowed: Set<Effect>;
}

export const beginAct = (act: Act): ActUnderWay => ({ act, allowed: new Set() });

/** What a person is asked about. */
export interface Question {
  readonly decisive: readonly string[];
  readonly args: JsonValue;
  readonly argsHash: string;
  readonly reason: string;
}

/** The question about a whole act, by the first of its calls that needs a person. */
export function questionOf({ act }: ActUnderWay, { decisive, reason }: Question): Question {
  const { tool, args, decisive: about } = act;
  const named = decisive.some((one) => one.endsWith(about));
  return {
    decisive: named ? decisive : [...decisive, about],
    args,
    argsHash: hash("sha256", canonicalJson({ tool, args })),
    reason: `${reason} This is asked once for all that ${tool} does with these arguments.`,
  };
}
