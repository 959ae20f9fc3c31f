import { args, type Call } from "./call.ts";
import type { JsonObject } from "./json.ts";
import type { ChatMessage, ModelTool } from "./llm.ts";
import type { Message } from "./message.ts";
import type { Effect } from "./tool.ts";

/** A tool as a model's function: `name` is the function's, `tool` the tool's own. */
export interface PreparedTool extends ModelTool {
  readonly tool: string;
  readonly effect: Effect;
  /** The same call again does no harm. */
  readonly repeatable: boolean;
}

/** The context of a turn, assembled to its budget. */
export interface Prepared {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly PreparedTool[];
  /** Every piece with where it comes from and what it takes. */
  readonly used: readonly { readonly origin: string; readonly id: string; readonly tokens: number }[];
  readonly budget_tokens: number;
  /** What messages and tools may grow to before the model has no room for them and its answer; `null`: not known. */
  readonly limit_tokens?: number | null;
  /** What it takes of the budget. */
  readonly tokens: number;
  /** Something in it comes from outside the owner. */
  readonly tainted: boolean;
  /** The entries of the session that a summary should tell; `null` while there is room. */
  readonly compact: {
    readonly after: number;
    readonly upto: number;
    /** So much is read at once. */
    readonly budget_tokens: number;
  } | null;
  /** What is to be learned where the message corrects the agent. */
  readonly correction: NewLesson | null;
}

export interface NewLesson {
  readonly situation: string;
  readonly mistake: string;
  readonly better: string;
  readonly code?: string;
  readonly severity?: string;
}

/** What turns are made of: context and lessons. */
export interface Mind {
  prepare(turn: {
    readonly message: Message | string;
    readonly session: string;
    readonly budget_tokens?: number;
    /** The model that will be asked, and what its answer needs: the context is made to leave room for it. */
    readonly model?: string;
    readonly max_output_tokens?: number;
  }): Promise<Prepared>;
  readonly lesson: {
    add(lesson: NewLesson): Promise<{ readonly id: string; readonly hits: number }>;
    recall(situation: string, options?: { readonly k?: number }): Promise<readonly JsonObject[]>;
    feedback(id: string, helped: boolean): Promise<{ readonly karma: number }>;
  };
}

export const createMind = (call: Call): Mind => ({
  prepare: ({ message, session, ...room }) =>
    call(
      "mind.prepare",
      args({
        message: typeof message === "string" ? { text: message } : message,
        session,
        ...room,
      }),
    ),
  lesson: {
    add: (lesson) => call("mind.lesson.add", args(lesson)),
    async recall(situation, options = {}) {
      const found = await call<{ lessons: JsonObject[] }>(
        "mind.lesson.recall",
        args({ situation, ...options }),
      );
      return found.lessons;
    },
    feedback: (id, helped) => call("mind.lesson.feedback", { id, helped }),
  },
});
