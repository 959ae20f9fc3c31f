import { args, type Call } from "./call.ts";
import type { JsonObject } from "./json.ts";
import type { ChatMessage } from "./llm.ts";
import type { Message } from "./message.ts";

/** The context of a turn, assembled to its budget. */
export interface Prepared {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly JsonObject[];
  /** Every piece with where it comes from and what it takes. */
  readonly used: readonly { readonly origin: string; readonly id: string; readonly tokens: number }[];
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
  }): Promise<Prepared>;
  readonly lesson: {
    add(lesson: NewLesson): Promise<{ readonly id: string; readonly hits: number }>;
    recall(situation: string, options?: { readonly k?: number }): Promise<readonly JsonObject[]>;
    feedback(id: string, helped: boolean): Promise<{ readonly karma: number }>;
  };
}

export const createMind = (call: Call): Mind => ({
  prepare: (turn) => call("mind.prepare", args(turn)),
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
