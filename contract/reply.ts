import { type ErrorData, toErrorData } from "./errors.ts";
import type { Receipt } from "./event.ts";

/** What the counter answers, always: a result (with its receipt where that was asked for), or an error that says how to mend it. */
export type Reply<T = unknown> =
  | { readonly ok: true; readonly result: T; readonly receipt?: Receipt }
  | { readonly ok: false; readonly error: ErrorData };

export const succeed = <T>(result: T): Reply<T> => ({ ok: true, result });
export const fail = (thrown: unknown): Reply<never> => ({ ok: false, error: toErrorData(thrown) });
