import { networkInterfaces } from "node:os";
import { FieldworkError, networkFailure } from "#contract";

/** How far an exchange had come when it failed. */
export interface Progress {
  readonly url: URL;
  readonly method: string;
  /** Had bytes of the request left? */
  readonly sent: boolean;
  /** The status, if an answer had begun. */
  readonly status: number | undefined;
}

export interface Deadline {
  /** The caller's own signal. */
  readonly cancelled: AbortSignal;
  readonly expired: AbortSignal;
  readonly timeout_ms: number;
}

/** Methods that may be repeated without another effect (RFC 9110 §9.2.2). */
export const isIdempotent = (method: string): boolean => method !== "POST" && method !== "PATCH";

/** What went wrong, in words; honest about whether the request may have had its effect. */
export function failureOf(error: unknown, progress: Progress, deadline: Deadline): FieldworkError {
  if (error instanceof FieldworkError) return error;
  const { url, method, sent, status } = progress;
  const why = deadline.cancelled.aborted
    ? "the call was stopped"
    : deadline.expired.aborted
      ? `it took longer than ${deadline.timeout_ms} ms`
      : reasonOf(error);
  if (sent && !isIdempotent(method))
    return new FieldworkError(
      "outcome_unknown",
      status === undefined
        ? `The ${method} to ${url.host} was sent and no answer came: ${why}.`
        : `The ${method} to ${url.host} was answered with status ${status}, but the answer did not arrive whole: ${why}.`,
      { cause: error },
    );
  if (deadline.cancelled.aborted)
    return new FieldworkError("cancelled", "The fetch was stopped.", { cause: error });
  if (deadline.expired.aborted)
    return new FieldworkError("timeout", `${url.host} took longer than ${deadline.timeout_ms} ms.`, {
      remedy: "Raise timeout_ms, or ask for less.",
      cause: error,
    });
  if (isOffline() && networkFailure(error).code !== "ECONNREFUSED")
    return new FieldworkError("unavailable", `This machine is offline, so ${url.host} cannot be reached.`, {
      remedy: "Connect the machine to a network; what works without one goes on.",
      cause: error,
    });
  return new FieldworkError("unavailable", `${url.host} could not be fetched: ${why}.`, {
    remedy: "Check the address and the network, then try again.",
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  const { code, why } = networkFailure(error);
  if (code.startsWith("Z_") || code.startsWith("ERR_BROTLI") || code.startsWith("ZSTD"))
    return "its answer cannot be decompressed";
  return why;
}

const isOffline = (): boolean =>
  Object.values(networkInterfaces()).every(
    (addresses) => addresses?.every(({ internal }) => internal) ?? true,
  );
