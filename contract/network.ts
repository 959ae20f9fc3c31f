/** Why the other side of a connection was not reached, in words. @module */

const WHY: Readonly<Record<string, string>> = {
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

export interface NetworkFailure {
  /** Of Node or OpenSSL; empty where there is none. */
  readonly code: string;
  /** The end of a sentence: "its certificate has expired". */
  readonly why: string;
  /** The error itself: of several, one for each address that was tried, the first tells enough. */
  readonly cause: unknown;
}

/** What a failed connection or HTTP exchange failed of. */
export function networkFailure(error: unknown): NetworkFailure {
  const cause = error instanceof AggregateError ? error.errors[0] : error;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const message = cause instanceof Error ? cause.message : String(cause);
  const why = code.startsWith("HPE_") ? "its answer is not HTTP" : (WHY[code] ?? message);
  return { code, why, cause };
}
