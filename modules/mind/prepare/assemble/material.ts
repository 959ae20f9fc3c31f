import type { Attachment, Hit, Lesson, PreparedTool, SessionEntry } from "#contract";
import type { Texts } from "./attachments.ts";

/** A rule of the doctrine; the sacred ones are in every turn. */
export interface Rule {
  readonly id: string;
  readonly text: string;
  readonly amplitude: number;
  readonly sacred: boolean;
}

/** A skill as the model learns of it; its instructions are read when they are needed. */
export interface Skill {
  readonly name: string;
  readonly description: string;
}

/** All that a context is made of. */
export interface Material {
  readonly budget_tokens: number;
  /** What the model has room for; `null`: not known. */
  readonly limit_tokens: number | null;
  readonly persona: string;
  readonly doctrine: readonly Rule[];
  readonly skills: readonly Skill[];
  readonly tools: readonly PreparedTool[];
  readonly memories: readonly Hit[];
  readonly lessons: readonly Lesson[];
  /** What does not work at the moment, a line each. */
  readonly degraded: readonly string[];
  readonly session: string;
  /** The trace of the turn: its entries are never left out for those of earlier turns. */
  readonly turn: string;
  readonly message: {
    readonly text: string;
    readonly tainted: boolean;
    /** Where it comes from, such as `channel:telegram`. */
    readonly from: string;
    readonly user?: string | undefined;
    readonly attachments: readonly Attachment[];
    readonly at?: string | undefined;
  };
  /** What attached files say, of this message and of earlier ones. */
  readonly texts: Texts;
  /** Oldest first; with or without the message of this turn. */
  readonly history: readonly SessionEntry[];
  /** The summary that covers most. */
  readonly summary: SessionEntry | undefined;
}

/** A piece of the context: where it comes from and what it takes. */
export interface Used {
  readonly origin: string;
  readonly id: string;
  readonly tokens: number;
  readonly why?: string[];
}
