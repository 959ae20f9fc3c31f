import { networkInterfaces } from "node:os";
import { FieldworkError } from "#contract";

const UNREACHED: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name could not be looked up",
  ECONNREFUSED: "nothing accepts connections there",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
  ETIMEDOUT: "it does not answer",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is signed by an unknown authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is signed by an unknown authority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate is signed by an unknown authority",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

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
  if (isOffline() && codeOf(error) !== "ECONNREFUSED")
    return new FieldworkError("unavailable", `This machine is offline, so ${url.host} cannot be reached.`, {
      remedy: "Connect the machine to a network; what works without one goes on.",
      cause: error,
    });
  return new FieldworkError("unavailable", `${url.host} could not be fetched: ${why}.`, {
    remedy: "Check the address and the network, then try again.",
    cause: error,
  });
}

export function codeOf(error: unknown): string | undefined {
  // Where several addresses were tried, each has its own error; the first tells enough.
  const one = error instanceof AggregateError ? error.errors[0] : error;
  return one instanceof Error && "code" in one && typeof one.code === "string" ? one.code : undefined;
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code?.startsWith("HPE_")) return "its answer is not HTTP";
  if (code?.startsWith("Z_") || code?.startsWith("ERR_BROTLI") || code?.startsWith("ZSTD"))
    return "its answer cannot be decompressed";
  return UNREACHED[code ?? ""] ?? (error instanceof Error ? error.message : String(error));
}

const isOffline = (): boolean =>
  Object.values(networkInterfaces()).every(
    (addresses) => addresses?.every(({ internal }) => internal) ?? true,
  );
