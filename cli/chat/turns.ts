import type { Event, Mail } from "#contract";
import type { Place } from "../command/index.ts";
import type { Followed } from "../server/index.ts";
import { mailOutcome, type Outcome } from "./deliver.ts";
import { createNarration, type Narration, type Stage } from "./narration.ts";

/** A turn of the conversation that is on the screen. */
export interface Turn {
  readonly trace: string;
  readonly narration: Narration;
  /** Resolves when the journal says that it has ended: all that was told of it has been told by then. */
  readonly ended: Promise<void>;
}

export interface Turns {
  /** The turn with this trace; one that nobody knew begins here. */
  of(trace: string): Turn;
  /** Tells its end, once. */
  end(turn: Turn, outcome: Outcome): void;
  hear(one: Extract<Followed, { readonly type: "event" | "live" }>): void;
  /** The stream of events broke: what goes on is told anew. */
  interrupted(): void;
  clear(): void;
}

export interface TurnsOptions {
  readonly place: Place;
  readonly stage: Stage;
  /** The conversation on the screen. */
  readonly agent: string;
  session(): string;
  /** A call waits for approval, or an agent for an answer. */
  asked(what: "approval" | "question", id: string): void;
  /** It was decided or answered, here or elsewhere. */
  settled(id: string): void;
}

const OVER_MAX = 100;
const SETTLED = new Set(["approval.given", "approval.refused", "approval.expired", "session.answered"]);

/**
 * The turns of one conversation as the events tell them: also those that somebody else began, such as a schedule or another
 * window.
 */
export function createTurns(options: TurnsOptions): Turns {
  const { place, stage, agent } = options;
  const turns = new Map<string, Turn & { end(): void; own: boolean }>();

  /** What still comes of these has been told already. */
  const over = new Set<string>();

  const of = (trace: string, own: boolean): Turn => {
    const known = turns.get(trace);
    if (known) {
      known.own ||= own;
      return known;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const turn = { trace, narration: createNarration(stage), ended: promise, end: resolve, own };
    turns.set(trace, turn);
    return turn;
  };
  /** The end of a turn that was begun elsewhere: the inbox knows what was answered. */
  const tellForeign = async (turn: Turn, id: string): Promise<void> => {
    const { messages } = await place.call<{ messages: Mail[] }>("message.list", { to: agent });
    const mail = messages.find((one) => one.id === id);
    if (mail) end(turn, mailOutcome(mail));
  };
  const end = (turn: Turn, outcome: Outcome): void => {
    if (!turns.delete(turn.trace)) return;
    over.add(turn.trace);
    if (over.size > OVER_MAX) over.delete(over.keys().next().value as string);
    turn.narration.end(outcome);
  };

  const here = ({ kind, actor, subject, data }: Event): boolean => {
    if (kind === "message.received") return subject === agent && data.session === options.session();
    if (kind === "message.answered" || kind === "message.failed")
      return actor === agent && data.session === options.session();
    return false;
  };
  const event = (one: Event): void => {
    const { kind, trace, subject } = one;
    if (SETTLED.has(kind)) options.settled(subject ?? "");
    if (here(one) && !over.has(trace)) of(trace, false);
    const turn = turns.get(trace);
    if (!turn) return;
    if (kind === "approval.asked") options.asked("approval", subject ?? "");
    if (kind === "session.asked") options.asked("question", subject ?? "");
    turn.narration.hear({ type: "event", event: one });
    if (kind !== "message.answered" && kind !== "message.failed") return;
    turn.end();
    if (!turn.own) tellForeign(turn, subject ?? "").catch(() => turns.delete(trace));
  };

  return {
    of: (trace) => of(trace, true),
    end,
    hear(one) {
      if (one.type === "event") return event(one.event);
      const { agent: who, session, trace } = one.event;
      if (who === agent && session === options.session() && !over.has(trace))
        of(trace, false).narration.hear(one);
    },
    interrupted() {
      for (const { narration } of turns.values()) narration.interrupted();
    },
    clear: () => turns.clear(),
  };
}
