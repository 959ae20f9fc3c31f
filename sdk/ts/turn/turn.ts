import { FieldworkError } from "../error.ts";
import type { Host } from "../host.ts";
import { type CompletionResult, type ToolCallPart, textOf, type Usage } from "../llm.ts";
import type { Message, Reply } from "../message.ts";
import type { Prepared } from "../mind.ts";
import { compact } from "./compaction.ts";
import { learn } from "./lessons.ts";
import { complete, limitReached } from "./model.ts";
import { type Settings, settingsOf, type TurnOptions } from "./options.ts";
import { aside, NO_USAGE, prepare, record, type ToolReceipt, type Turn } from "./state.ts";
import { runCalls } from "./tools.ts";

/** Why a turn ended: `limit` is one of the turn's own, `stopped` the user's wish, `error` see `error`. */
export type TurnFinish = "stop" | "length" | "content_filter" | "stopped" | "limit" | "error";

export interface TurnReply extends Reply {
  readonly reply: string;
  readonly finish: TurnFinish;
  readonly usage: Usage;
  /** `null` where no price is known. */
  readonly cost_usd: number | null;
  readonly model: string;
  /** Answers of the model. */
  readonly steps: number;
  /** The calls that were made, with the receipts of the journal. */
  readonly tools: readonly ToolReceipt[];
}

const MEMORY_MAX_CHARS = 16_000;
/** After so many answers in a row with nothing but refused calls the model is asked for words. */
const REFUSED_STEPS_MAX = 2;

/**
 * The default turn: the message is written into the session, the context assembled (`mind.prepare`), the model asked, its tools
 * run, until it answers; then what happened is remembered and learned from. All it does is calls of the counter, whose answers
 * the kernel keeps: after a crash the turn runs again from its beginning and goes on from its last finished call. Therefore
 * nothing that changes by itself, such as the time, ever stands in the arguments of a call.
 *
 * @example
 * export default agent({ onMessage: standardTurn({ max_usd: 0.5 }) });
 */
export function standardTurn(
  options: TurnOptions = {},
): (message: Message, host: Host) => Promise<TurnReply> {
  const settings = settingsOf(options);
  return async (message, host) => {
    const turn = begin(message, host, settings);
    const said = message.text.trim();
    await record(turn, [{ role: "user", content: said === "" ? nothingSaid(message) : message.text }]);
    let finish: TurnFinish;
    let failed: { readonly error: string } | undefined;
    try {
      await prepare(turn);
      finish = await think(turn);
    } catch (error) {
      if (!(error instanceof FieldworkError) || error.code === "cancelled") throw error;
      finish = "error";
      failed = { error: error.code };
      await say(turn, `I could not answer: ${error.message} ${error.remedy}`.trim());
    }
    await afterwards(turn, finish);
    return {
      reply: turn.answers.join("\n\n"),
      finish,
      usage: turn.usage,
      cost_usd: turn.costUsd,
      model: turn.model,
      steps: turn.steps,
      tools: turn.receipts,
      ...(turn.unknown.length > 0 ? { outcome_unknown: turn.unknown } : {}),
      ...failed,
    };
  };
}

const nothingSaid = ({ attachments = [] }: Message): string =>
  attachments.length === 0 ? "(nothing)" : "(see what is attached)";

function begin(message: Message, host: Host, settings: Settings): Turn {
  const prepared: Prepared = {
    messages: [],
    tools: [],
    used: [],
    budget_tokens: 0,
    tokens: 0,
    tainted: false,
    compact: null,
    correction: null,
  };
  return {
    message,
    host,
    settings,
    prepared,
    conversation: [],
    tools: [],
    contextTokens: 0,
    budgetTokens: settings.budget_tokens,
    entries: 0,
    usage: NO_USAGE,
    costUsd: null,
    model: "",
    steps: 0,
    tainted: message.tainted ?? false,
    receipts: [],
    attempts: [],
    unknown: [],
    failures: new Map(),
    answers: [],
    begunAt: Date.now(),
    uncountedMs: 0,
  };
}

/** Asks the model and runs its tools until it has answered all that was said. */
async function think(turn: Turn): Promise<TurnFinish> {
  const { settings } = turn;
  let heard = await listen(turn);
  let refusedSteps = 0;
  for (;;) {
    if (heard.stop) return await end(turn, "stopped", turn.answers.length === 0 ? "(stopped)" : "");
    const limit = limitReached(turn);
    if (limit !== undefined) return await atLimit(turn, limit);
    const lastStep = ++turn.steps >= settings.max_steps;
    const stuck = refusedSteps >= REFUSED_STEPS_MAX;
    const inWords = lastStep || stuck;
    const result = await complete(turn, inWords ? "none" : "auto");
    const calls = inWords || result.finish === "stopped" ? [] : callsOf(result);

    if (calls.length === 0) {
      if (inWords && callsOf(result).length > 0)
        return stuck ? await end(turn, "limit", STUCK) : await atLimit(turn, `${settings.max_steps} steps`);
      await answer(turn, result);
      if (result.finish === "stopped")
        return await end(turn, "stopped", turn.answers.length === 0 ? "(stopped)" : "");
      heard = await listen(turn);
      if (heard.added === 0 || heard.stop) return finishOf(result);
      if (lastStep) return await atLimit(turn, `${settings.max_steps} steps`);
      refusedSteps = 0;
      continue;
    }
    const known = turn.receipts.length;
    const results = await runCalls(turn, calls);
    const refused = turn.receipts.slice(known).every(({ code }) => code === "refused");
    refusedSteps = refused ? refusedSteps + 1 : 0;
    const step = [result.message, { role: "tool", content: results } as const];
    turn.conversation.push(...step);
    await record(turn, step, result.usage);
    heard = await listen(turn);
  }
}

const callsOf = ({ message: { content } }: CompletionResult): ToolCallPart[] =>
  typeof content === "string" ? [] : content.filter((part) => part.type === "tool_call");

const finishOf = ({ finish }: CompletionResult): TurnFinish => (finish === "tool_calls" ? "stop" : finish);

/** What the user said meanwhile belongs to the conversation. */
async function listen(turn: Turn): Promise<{ readonly added: number; readonly stop: boolean }> {
  const { messages, stop } = await turn.host.session.pending(turn.message.session);
  if (messages.length > 0) {
    const said = messages.map((content) => ({ role: "user", content }) as const);
    turn.conversation.push(...said);
    await record(turn, said);
  }
  return { added: messages.length, stop };
}

/** The model's own words, and beneath them what the user must know beside them. */
async function answer(turn: Turn, result: CompletionResult): Promise<void> {
  const text = textOf(result.message).trim();
  const notes = notesOf(turn);
  const silent =
    result.finish === "content_filter"
      ? "The model's provider withheld the answer."
      : "The model gave no answer.";
  const words = [text === "" && result.finish !== "stopped" ? silent : text, ...notes].filter(
    (one) => one !== "",
  );
  if (words.length === 0) return;
  turn.answers.push(words.join("\n\n"));
  const whole =
    text !== "" && notes.length === 0
      ? spoken(result)
      : { role: "assistant" as const, content: words.join("\n\n") };
  turn.conversation.push(whole);
  await record(turn, [whole], result.usage);
}

/** The message without calls that nobody answers. */
function spoken({ message }: CompletionResult): CompletionResult["message"] {
  if (typeof message.content === "string") return message;
  return { ...message, content: message.content.filter(({ type }) => type !== "tool_call") };
}

function notesOf(turn: Turn): string[] {
  if (turn.unknown.length === 0) return [];
  const told = turn.unknown.map((call) => `- ${call}`).join("\n");
  return [`It is not known whether these calls happened, since the system stopped while they ran:\n${told}`];
}

async function say(turn: Turn, text: string): Promise<void> {
  const whole = [text, ...notesOf(turn)].join("\n\n");
  turn.answers.push(whole);
  await record(turn, [{ role: "assistant", content: whole }]);
}

async function end(turn: Turn, finish: TurnFinish, text: string): Promise<TurnFinish> {
  if (text !== "") await say(turn, text);
  return finish;
}

const STUCK =
  "I stop here: the same call failed again and again, and I found no other way. Tell me how to go on.";
const atLimit = (turn: Turn, limit: string): Promise<TurnFinish> =>
  end(turn, "limit", `I stop here: this turn has reached its limit of ${limit}. Say so if I shall go on.`);

/** Remembers, learns and tidies; nothing of it can spoil the answer. */
async function afterwards(turn: Turn, finish: TurnFinish): Promise<void> {
  const { settings } = turn;
  const ended = finish === "stop" || finish === "length";
  await Promise.all([
    settings.remember ? remember(turn, ended) : undefined,
    settings.learn && ended ? learn(turn) : undefined,
  ]);
  if (settings.compact && ended) await compact(turn);
}

/** The provider that answers from memory. */
const WITHOUT_MODEL = "builtin";

async function remember(turn: Turn, answered: boolean): Promise<void> {
  const { host, message, answers } = turn;
  const { session, user = "user", text } = message;
  if (text.trim() === "" || text.startsWith("/")) return;
  const keep = (content: string, speaker: string) =>
    aside(turn, "remembering", () =>
      host.brain.add({ content: content.slice(0, MEMORY_MAX_CHARS), kind: "said", session, speaker }),
    );
  await keep(text, user);
  // Without a model the answer is what is remembered already.
  if (answered && answers.length > 0 && turn.model !== WITHOUT_MODEL)
    await keep(answers.join("\n\n"), "agent");
}
