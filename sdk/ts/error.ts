import type { Json } from "./json.ts";

/** An error as data, the way the counter sends it. */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly details?: Json;
}

/** What the counter answers, always. */
export type CallReply<T = Json> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: ErrorData };

/**
 * The error of a refused or failed call, with a stable code (`denied`, `not_found`, `timeout`, …). Throw one in a
 * handler to fail with a code of your choice.
 */
export class FieldworkError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly details: Json | undefined;

  constructor(
    code: string,
    message: string,
    more: { readonly remedy?: string; readonly details?: Json } = {},
  ) {
    super(message);
    this.name = "FieldworkError";
    this.code = code;
    this.remedy = more.remedy ?? "";
    this.details = more.details;
  }
}

/** The result of a reply, or its error thrown. */
export function unwrap<T>(reply: CallReply<T>): T {
  if (reply.ok) return reply.result;
  const { code, message, remedy, details } = reply.error;
  throw new FieldworkError(code, message, details === undefined ? { remedy } : { remedy, details });
}
