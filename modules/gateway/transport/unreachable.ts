import { FieldworkError } from "#contract";

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
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};
/** What a moment may mend. */
const PASSING = new Set(["ECONNRESET", "EPIPE", "EAI_AGAIN", "ETIMEDOUT"]);

/** A failure of the network as an error that says why. */
export function unreachable(error: Error, url: URL): FieldworkError {
  // Where several addresses were tried, each has its own error; the first tells enough.
  const one = error instanceof AggregateError ? (error.errors[0] as Error) : error;
  const code = (one as NodeJS.ErrnoException).code ?? "";
  const broken = one.message === "aborted" || code === "ECONNRESET" || code === "EPIPE";
  const why = code.startsWith("HPE_") ? "its answer is not HTTP" : (WHY[code] ?? one.message);
  return new FieldworkError(
    "model_unreachable",
    broken ? `${url.host} broke off the connection.` : `${url.host} cannot be reached: ${why}.`,
    { cause: one, details: { again: broken || PASSING.has(code) } },
  );
}
