import type { Source } from "#contract";
import type { StepLog } from "./step-log.ts";
import { appearsIn } from "./trusted-text.ts";

/** The handling of one message, or one call of a module's function: what the counter has to know of it. */
export interface Turn {
  readonly session: string | undefined;
  readonly source: Source;
  /** A person is there who can be asked. */
  readonly interactive: boolean;
  readonly steps: StepLog | undefined;
  tainted(): boolean;
  taint(): void;
  /** The owner said this while the turn ran. */
  trust(text: string): void;
  /** All that was said so. */
  said(): readonly string[];
  /** Was this very text given by the owner or by the agent's own configuration? */
  trusts(text: string): boolean;
}

export interface TurnOptions {
  readonly session?: string | undefined;
  readonly source: Source;
  readonly tainted?: boolean;
  readonly attended?: boolean;
  readonly steps?: StepLog | undefined;
  /** What the owner said in this conversation, and what stands in the agent's folder; asked for when it is needed. */
  readonly trustedTexts?: () => readonly string[];
  /** Told of what the owner says while the turn runs. */
  readonly onSaid?: (text: string) => void;
}

/** Those who may wait for an answer of a person. */
const INTERACTIVE: ReadonlySet<Source["kind"]> = new Set(["owner", "channel"]);

export function createTurn({
  session,
  source,
  tainted = false,
  attended = true,
  steps,
  trustedTexts = () => [],
  onSaid = () => {},
}: TurnOptions): Turn {
  let marked = tainted;
  const said: string[] = [];
  let texts: readonly string[] | undefined;
  return {
    session,
    source,
    interactive: attended && INTERACTIVE.has(source.kind),
    steps,
    tainted: () => marked,
    taint() {
      marked = true;
    },
    trust(text) {
      if (said.includes(text)) return;
      said.push(text);
      onSaid(text);
    },
    said: () => said,
    trusts(text) {
      texts ??= trustedTexts();
      return appearsIn(text, said) || appearsIn(text, texts);
    },
  };
}
