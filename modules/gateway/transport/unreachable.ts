import { FieldworkError, networkFailure } from "#contract";

/** What a moment may mend. */
const PASSING = new Set(["ECONNRESET", "EPIPE", "EAI_AGAIN", "ETIMEDOUT"]);

/** A failure of the network as an error that says why. */
export function unreachable(error: Error, url: URL): FieldworkError {
  const { code, why, cause } = networkFailure(error);
  const broken = why === "aborted" || code === "ECONNRESET" || code === "EPIPE";
  return new FieldworkError(
    "model_unreachable",
    broken ? `${url.host} broke off the connection.` : `${url.host} cannot be reached: ${why}.`,
    { cause, details: { again: broken || PASSING.has(code) } },
  );
}
