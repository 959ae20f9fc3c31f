import type { Attachment, SessionTurn, TurnCompletion } from "#contract";
import type { Outgoing } from "../outbox/index.ts";

/** A call of a tool, as much as is known of it. */
export interface ToolCall {
  readonly id: string;
  /** The tool's own name, such as `fs.read`. */
  readonly tool: string;
  readonly args: string;
  /** `written`: the model is still writing its arguments; `waiting`: it has not begun. */
  readonly state: "written" | "waiting" | "running" | "done" | "failed";
  readonly result?: string;
  readonly images?: readonly string[];
  readonly progress?: string;
  readonly ms?: number;
  /** Its row in the journal. */
  readonly seq?: number;
  readonly tainted?: boolean;
}

export type Part =
  | { readonly kind: "text"; readonly text: string; readonly growing: boolean }
  | { readonly kind: "thinking"; readonly text: string; readonly growing: boolean }
  | { readonly kind: "image"; readonly source: string }
  | { readonly kind: "tool"; readonly call: ToolCall };

export interface UserItem {
  readonly kind: "user";
  readonly key: string;
  readonly text: string;
  readonly at: string;
  readonly attachments: readonly Attachment[];
  /** Its entry in the log, once it stands there. */
  readonly n?: number;
  readonly turn?: string;
  /** Who said it, where it was not the owner. */
  readonly from?: string;
  readonly outgoing?: Outgoing;
  /** Another turn comes first. */
  readonly waits?: boolean;
}

export interface ReplyItem {
  readonly kind: "reply";
  readonly key: string;
  readonly turn: SessionTurn | undefined;
  readonly trace: string | null;
  readonly parts: readonly Part[];
  readonly at: string;
  /** The last entry of it that stands in the log. */
  readonly n: number | undefined;
  /** The turn goes on. */
  readonly working: boolean;
  /** Nothing of the turn comes after it. */
  readonly ends: boolean;
  readonly completions: readonly TurnCompletion[];
}

export type Item =
  | UserItem
  | ReplyItem
  | { readonly kind: "summary"; readonly key: string; readonly text: string }
  | { readonly kind: "day"; readonly key: string; readonly at: string };
