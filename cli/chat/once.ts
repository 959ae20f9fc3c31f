import { fromErrorData, type JsonObject, type JsonValue } from "#contract";
import type { Answer, Place } from "../command/index.ts";
import { type Following, follow } from "../server/index.ts";
import { dim, linesOf } from "../terminal/index.ts";
import { attachAll } from "./attach.ts";
import { consultApproval, consultQuestion, type Person } from "./consult.ts";
import { accept, newMessage, outcomeOf } from "./deliver.ts";
import { createNarration, type Stage } from "./narration.ts";

/** Says one thing and waits for the answer. On a terminal it is shown while it is written. */
export async function sayOnce(
  place: Place,
  agent: string,
  session: string,
  text: string,
  files: readonly string[],
): Promise<Answer | undefined> {
  const attended = place.terminal.interactive && !place.json;
  const attachments = await attachAll(place, files);
  const message = newMessage(agent, session, text, { attended, attachments });
  const { last_seq } = await place.call<{ last_seq: number }>("journal.query", { limit: 1, newest: true });
  const accepted = await accept(place, message);
  const streams = place.terminal.watched && !place.json;
  const listening = new AbortController();
  const narration = streams ? createNarration(stageOn(place)) : undefined;
  const listened = listen(
    place,
    { after: last_seq, trace: accepted.trace, signal: listening.signal },
    narration,
  );
  try {
    const outcome = await outcomeOf(place, message);
    if (!outcome.ok) {
      const details = { ...asObject(outcome.error.details), session, trace: accepted.trace };
      throw fromErrorData({ ...outcome.error, details });
    }
    const { reply = null, usage = null, ...more } = outcome.reply;
    if (narration) {
      await Promise.race([listened, pause()]);
      narration.end(outcome);
      return undefined;
    }
    const said = typeof reply === "string" ? reply : JSON.stringify(reply, undefined, 2);
    return { data: { ...more, reply, session, trace: accepted.trace, usage }, text: linesOf(said) };
  } finally {
    listening.abort();
  }
}

/** How long what is still on its way to the screen is waited for when the answer is there. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 300));

/** Tells the turn where that is wanted, and puts what it asks to the person. Ends with the turn; that it fails costs only this. */
async function listen(
  place: Place,
  following: Following & { readonly signal: AbortSignal },
  narration: ReturnType<typeof createNarration> | undefined,
): Promise<void> {
  const { signal } = following;
  const person = personAt(place);
  const consult = (work: Promise<void>) => void work.catch(() => {});
  try {
    for await (const one of follow(place.home, { ...following, patience_ms: 60_000 })) {
      if (one.type === "away") narration?.interrupted();
      if (one.type !== "event" && one.type !== "live") continue;
      narration?.hear(one);
      if (one.type === "live") continue;
      const { kind, subject } = one.event;
      if (kind === "approval.asked") consult(consultApproval(place, person, subject ?? "", signal));
      if (kind === "session.asked") consult(consultQuestion(place, person, subject ?? "", signal));
      if (kind === "message.answered" || kind === "message.failed") return;
    }
  } catch {
    // The answer does not depend on it.
  }
}

/** Who is at the terminal; where nobody is, it is said how to decide from elsewhere. */
function personAt({ terminal, json }: Place): Person {
  if (terminal.interactive && !json)
    return { show: terminal.note, ask: (prompt, signal) => terminal.ask(prompt, signal) };
  return {
    show: (text) => terminal.note(json ? [] : text),
    async ask() {
      if (!json)
        terminal.note([dim("It waits: see `fw approval list` and `fw question list` in another terminal.")]);
      return undefined;
    },
  };
}

/** The answer where answers go, the rest where notes go, each on lines of its own. */
function stageOn({ terminal }: Place): Stage {
  let midLine = false;
  return {
    stream(text) {
      terminal.write(text);
      if (text !== "") midLine = !text.endsWith("\n");
    },
    show(text) {
      if (midLine) terminal.write("\n");
      midLine = false;
      terminal.note(text);
    },
    status: () => {},
  };
}

const asObject = (value: JsonValue | undefined): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
