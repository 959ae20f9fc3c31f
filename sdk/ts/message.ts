import type { Json } from "./json.ts";

/** Where a message or request comes from. The kernel stamps it; no sender can choose it. */
export interface Source {
  readonly kind: "channel" | "owner" | "module" | "schedule" | "webhook" | "flow";
  readonly id: string;
}

/** A file that came with a message. */
export interface Attachment {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of its content, hexadecimal. */
  readonly blob: string;
  /** Where it lies in the workspace, for file tools. */
  readonly path?: string;
}

/** What `onMessage` receives. */
export interface Message {
  readonly id?: string;
  readonly text: string;
  /** The conversation. */
  readonly session: string;
  readonly source: Source;
  readonly user?: string;
  readonly attachments?: readonly Attachment[];
  /** When it was received, ISO 8601. */
  readonly at?: string;
  /** Whether it comes from outside the owner. */
  readonly tainted?: boolean;
}

/** The answer to a message; a plain string stands for `{reply: text}`. */
export interface Reply {
  readonly reply: string;
  /** Whatever else callers that are programs may want to have. */
  readonly [field: string]: Json | undefined;
}

/** What `handle` receives: a typed message of the bus or of a schedule. */
export interface Request {
  readonly source: Source;
  readonly type: string;
  readonly payload: Json;
  readonly context?: Json;
}
