import { type Mail, type SessionEntry, type SessionInfo, toErrorData } from "#contract";
import type { Place } from "../command/index.ts";
import { openScreen, type Screen } from "../screen/index.ts";
import { follow } from "../server/index.ts";
import { bold, coloured, dim, linesOf, styled, type Text, toRun } from "../terminal/index.ts";
import { attach, attachAll } from "./attach.ts";
import { consultApproval, consultQuestion } from "./consult.ts";
import { accept, mailOutcome, newMessage, newSession, outcomeOf } from "./deliver.ts";
import { saidBefore, spokenText } from "./said.ts";
import { completions, type Desk, runSlash } from "./slash.ts";
import { createTurns, type Turn } from "./turns.ts";

interface Shown {
  readonly info: SessionInfo;
  readonly entries: readonly SessionEntry[];
  readonly live: { readonly text: string } | null;
}

const PROMPT = "› ";
const PATIENCE_MS = 600_000;
/** How long what is still on its way to the screen is waited for when the answer is there. */
const SETTLE_MS = 500;
const LAST_ENTRIES = 4;
const LEAVE_MS = 3000;

/** A conversation on a terminal, until the person leaves. The turns are the server's: leaving stops none. */
export async function converse(
  place: Place,
  agent: string,
  first: string | undefined,
  files: readonly string[],
): Promise<void> {
  const over = new AbortController();
  const { signal } = over;
  const consulting = new Map<string, AbortController>();
  /** Typed too late for a turn that ended just then. */
  const queued: string[] = [];
  /** What goes along with the next message. */
  let attachments = await attachAll(place, files);
  let session = first ?? newSession();
  let busy: { stopping: boolean } | undefined;
  let leftBusy = false;
  let warnedAt = Number.NEGATIVE_INFINITY;

  const report = (thrown: unknown): void => {
    if (signal.aborted) return;
    const { message, remedy, action } = toErrorData(thrown);
    screen.show([
      [styled("red", "error: "), ...linesOf(message)],
      [dim("remedy: "), remedy],
      ...toRun(action),
    ] as Text);
  };
  const quietly = (work: Promise<unknown>): void => void work.catch(report);

  const quit = (): void => {
    if (signal.aborted) return;
    leftBusy = busy !== undefined;
    over.abort();
    screen.close();
  };
  const stop = async (): Promise<void> => {
    if (busy) busy.stopping = true;
    const { stopped } = await place.call<{ stopped: boolean }>("turn.stop", { agent, session }, signal);
    if (!stopped) screen.show([dim("No turn runs.")]);
  };
  const addToTurn = async (text: string): Promise<void> => {
    const { added } = await place.call<{ added: boolean }>("turn.add", { agent, session, text }, signal);
    if (added) screen.show([dim("+ added to the turn")]);
    else queued.push(text);
  };

  const screen: Screen = openScreen({
    input: process.stdin,
    output: process.stdout,
    colour: coloured(process.stdout, place.env),
    complete: completions,
    ended: quit,
    said: (text) => quietly(text.startsWith("/") ? runSlash(text, desk) : addToTurn(text)),
    interrupted() {
      if (busy && !busy.stopping) {
        screen.show([dim("Stopping. Ctrl-C again leaves.")]);
        return quietly(stop());
      }
      if (busy || performance.now() - warnedAt < LEAVE_MS) return quit();
      warnedAt = performance.now();
      screen.show([dim("Ctrl-C again leaves.")]);
    },
  });
  const desk: Desk = {
    place,
    agent,
    session: () => session,
    stop,
    quit,
    show: screen.show,
    async attach(file) {
      const attached = await attach(place, file);
      attachments = [...attachments, attached];
      screen.show([
        dim(
          `+ ${attached.name} (${attached.type}, ${attached.size} bytes) goes along with what you say next`,
        ),
      ]);
    },
    async enter(name) {
      session = name;
      turns.clear();
      await greet();
    },
  };

  const consult = (what: "approval" | "question", id: string): void => {
    if (consulting.has(id)) return;
    const settled = new AbortController();
    consulting.set(id, settled);
    const person = {
      show: screen.show,
      ask: (prompt: string, withdrawn?: AbortSignal) =>
        screen.ask(prompt, withdrawn ? { signal: withdrawn } : {}),
    };
    const ask = what === "approval" ? consultApproval : consultQuestion;
    quietly(
      ask(place, person, id, settled.signal).catch((error: unknown) => {
        if (!settled.signal.aborted) throw error;
      }),
    );
  };
  const turns = createTurns({
    place,
    stage: screen,
    agent,
    session: () => session,
    asked: consult,
    settled(id) {
      consulting.get(id)?.abort();
      consulting.delete(id);
    },
  });

  const listen = async (after: number): Promise<void> => {
    for await (const one of follow(place.home, { after, agent, signal, patience_ms: PATIENCE_MS })) {
      if (one.type === "away") {
        turns.interrupted();
        screen.show([styled("yellow", "! The server is away; nothing is lost. Waiting for it …")]);
      } else if (one.type === "back") screen.show([styled("green", "✓ It is back.")]);
      else turns.hear(one);
    }
  };

  const during = async (work: () => Promise<void>): Promise<void> => {
    busy = { stopping: false };
    try {
      await work();
    } catch (error) {
      report(error);
    } finally {
      busy = undefined;
    }
  };
  const whenTold = (turn: Turn) =>
    Promise.race([turn.ended, new Promise<void>((resolve) => setTimeout(resolve, SETTLE_MS))]);
  const say = (text: string) =>
    during(async () => {
      const message = newMessage(agent, session, text, { attachments });
      attachments = [];
      const turn = turns.of((await accept(place, message, signal)).trace);
      const outcome = await outcomeOf(place, message, signal);
      await whenTold(turn);
      turns.end(turn, outcome);
    });

  /** A turn that runs already is taken up where it is. */
  const takeUp = async ({ live }: Shown): Promise<void> => {
    const { messages } = await place.call<{ messages: Mail[] }>("message.list", { to: agent }, signal);
    const open = messages.findLast(
      (one) => one.session === session && ["waiting", "running"].includes(one.state),
    );
    if (!open) return;
    const turn = turns.of(open.trace);
    turn.narration.catchUp(live?.text ?? "");
    await consultOpen(open.trace);
    await during(async () => {
      for (;;) {
        await Promise.race([turn.ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
        const list = await place.call<{ messages: Mail[] }>("message.list", { to: agent }, signal);
        const mail = list.messages.find((one) => one.id === open.id);
        if (!mail || signal.aborted) return;
        if (mail.state === "done" || mail.state === "failed") return turns.end(turn, mailOutcome(mail));
      }
    });
  };
  /** What a running turn waits for already. */
  const consultOpen = async (trace: string): Promise<void> => {
    const [{ approvals }, { questions }] = await Promise.all([
      place.call<{ approvals: { id: string; trace: string }[] }>("approval.list", {}, signal),
      place.call<{ questions: { id: string; agent: string; session: string }[] }>(
        "question.list",
        {},
        signal,
      ),
    ]);
    for (const one of approvals) if (one.trace === trace) consult("approval", one.id);
    for (const one of questions)
      if (one.agent === agent && one.session === session) consult("question", one.id);
  };

  const look = async (): Promise<Shown | undefined> => {
    try {
      return await place.call<Shown>("session.show", { agent, session, newest: true, limit: 100 }, signal);
    } catch (error) {
      if (toErrorData(error).code === "not_found") return undefined;
      throw error;
    }
  };
  const greet = async (): Promise<void> => {
    const shown = await look();
    screen.show([
      [bold(agent), dim(`  ${session}${shown ? `  ${shown.info.title}` : "  a new conversation"}  ·  /help`)],
    ]);
    if (!shown) return;
    const spoken = shown.entries.flatMap(spokenText);
    screen.remember(spoken.flatMap(({ by, text }) => (by === "owner" ? [text] : [])));
    for (const { by, text } of spoken.slice(-LAST_ENTRIES))
      screen.show(linesOf(text).map((line) => dim(`${by === "agent" ? "  " : PROMPT}${line as string}`)));
    if (shown.info.turn !== "idle") await takeUp(shown);
  };

  try {
    await place.call("agent.show", { id: agent }, signal);
    const { last_seq } = await place.call<{ last_seq: number }>(
      "journal.query",
      { limit: 1, newest: true },
      signal,
    );
    quietly(listen(last_seq));
    screen.remember(await saidBefore(place, signal).catch(() => []));
    await greet();
    while (!signal.aborted) {
      const text = queued.shift() ?? (await screen.ask(PROMPT, { multiline: true }));
      if (text === undefined) break;
      if (text.trim() === "") continue;
      if (text.startsWith("/")) await runSlash(text, desk).catch(report);
      else await say(text);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    quit();
    if (leftBusy) place.terminal.note([dim("The turn goes on. Take it up again:")]);
    place.terminal.note([dim(`fw chat ${agent} --session ${session}`)]);
  }
}
