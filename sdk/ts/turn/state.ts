import { FieldworkError } from "../error.ts";
import type { Host } from "../host.ts";
import type { ChatMessage, Usage } from "../llm.ts";
import type { Message } from "../message.ts";
import type { Prepared, PreparedTool } from "../mind.ts";
import type { Receipt } from "../tool.ts";
import type { Settings } from "./options.ts";

/** A call of a tool as the turn's reply tells it. */
export type ToolReceipt = {
  readonly tool: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly receipt?: Receipt;
};

/** A call of a tool as lessons are learned from it. */
export interface Attempt {
  readonly tool: string;
  readonly args: string;
  readonly ok: boolean;
  /** The turn had read content from outside before: the arguments may be somebody else's. */
  readonly tainted: boolean;
  readonly code?: string;
  readonly message?: string;
}

/** A turn that runs. */
export interface Turn {
  readonly message: Message;
  readonly host: Host;
  readonly settings: Settings;
  prepared: Prepared;
  /** What the model is given: the prepared context and what happened since. */
  readonly conversation: ChatMessage[];
  readonly tools: PreparedTool[];
  /** What the conversation takes. */
  contextTokens: number;
  budgetTokens: number | undefined;
  /** Entries written by this turn. */
  entries: number;
  usage: Usage;
  costUsd: number | null;
  model: string;
  steps: number;
  tainted: boolean;
  readonly receipts: ToolReceipt[];
  readonly attempts: Attempt[];
  /** Calls of which nobody knows whether they happened. */
  readonly unknown: string[];
  /** Failures by call: its function and arguments. */
  readonly failures: Map<string, number>;
  readonly answers: string[];
  /** Milliseconds: when it began, and what of the time since does not count. */
  readonly begunAt: number;
  uncountedMs: number;
}

export const NO_USAGE: Usage = {
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  thinking_tokens: 0,
};

/** Writes entries into the session's log, once, however often the turn is begun again. */
export async function record(turn: Turn, messages: readonly ChatMessage[], usage?: Usage): Promise<void> {
  const { host, message } = turn;
  const key = `entry-${++turn.entries}`;
  const { tokens } = await host.session.append({
    session: message.session,
    messages,
    key,
    ...(usage === undefined ? {} : { usage }),
  });
  turn.contextTokens += tokens;
}

/** Assembles the context, anew where something happened since. */
export async function prepare(turn: Turn): Promise<void> {
  const { host, message, budgetTokens, settings } = turn;
  const prepared = await host.mind.prepare({
    message,
    session: message.session,
    ...(budgetTokens === undefined ? {} : { budget_tokens: budgetTokens }),
    ...(settings.model === undefined ? {} : { model: settings.model }),
    ...(settings.max_output_tokens === undefined ? {} : { max_output_tokens: settings.max_output_tokens }),
  });
  const found = turn.tools.filter(({ name }) => !prepared.tools.some((tool) => tool.name === name));
  turn.prepared = prepared;
  turn.conversation.splice(0, turn.conversation.length, ...prepared.messages);
  turn.tools.splice(0, turn.tools.length, ...prepared.tools, ...found);
  turn.contextTokens = prepared.tokens;
  turn.budgetTokens = prepared.budget_tokens;
  turn.tainted ||= prepared.tainted;
}

/** What an error of a call is, whoever threw it. */
export function codeOf(error: unknown): string {
  return error instanceof FieldworkError ? error.code : "internal";
}

/** Work beside the answer, such as learning: when it fails, the turn goes on. */
export async function aside(turn: Turn, what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (codeOf(error) === "cancelled") throw error;
    await turn.host
      .log(`${what} failed: ${(error as Error).message}`.slice(0, 4000), "warn")
      .catch(() => undefined);
  }
}
