import { args, type Call } from "./call.ts";
import type { ChatMessage, Usage } from "./llm.ts";
import type { Attachment } from "./message.ts";

/** An entry of a conversation's log, which only grows. */
export interface SessionEntry {
  /** Rising from 1; with gaps where the user took something back. */
  readonly n: number;
  /** ISO 8601. */
  readonly at: string;
  readonly kind: "message" | "summary";
  readonly message: ChatMessage;
  readonly turn: string | null;
  readonly tainted: boolean;
  readonly tokens: number;
  /** What came with the message. */
  readonly attachments?: readonly Attachment[];
  /** For a summary: entries up to this one are told by it. */
  readonly covers?: number;
}

export interface NewEntries {
  readonly session: string;
  readonly messages: readonly ChatMessage[];
  readonly usage?: Usage;
  /** The message is a summary of all entries up to this one; it must be shorter than they are. */
  readonly summary_covers?: number;
  /** With the same key in the same turn they are added once. */
  readonly key?: string;
}

/** The agent's own conversations. */
export interface Session {
  append(entries: NewEntries): Promise<{ readonly last: number; readonly tokens: number }>;
  /** Oldest first; `newest`: the last ones instead of the first ones after `after`. */
  history(query: {
    readonly session: string;
    readonly after?: number;
    readonly limit?: number;
    readonly newest?: boolean;
  }): Promise<{
    readonly entries: readonly SessionEntry[];
    readonly last: number;
    readonly summary: SessionEntry | null;
  }>;
  /** What the user said while the turn runs, each given once; and whether the turn is to stop. */
  pending(session: string): Promise<{ readonly messages: readonly string[]; readonly stop: boolean }>;
  /** Waits for a person's answer. */
  ask(session: string, question: string, options?: readonly string[]): Promise<string>;
}

export const createSession = (call: Call): Session => ({
  append: (entries) => call("session.append", args(entries)),
  history: (query) => call("session.history", args(query)),
  pending: (session) => call("turn.pending", { session }),
  async ask(session, question, options = []) {
    return (await call<{ answer: string }>("user.ask", { session, question, options })).answer;
  },
});
