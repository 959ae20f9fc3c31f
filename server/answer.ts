import { ERRORS, fail, type Reply } from "#contract";

/** A reply as an HTTP response: 200, or the status of the error's code. */
export function answer(reply: Reply): Response {
  if (reply.ok) return Response.json(reply);
  const { code, details } = reply.error;
  const headers: Record<string, string> = {};
  if (code === "unauthenticated") headers["www-authenticate"] = 'Bearer realm="fieldwork"';
  if (code === "too_large") headers.connection = "close";
  const wait = retryAfter(details);
  if (wait !== undefined) headers["retry-after"] = String(Math.ceil(wait / 1000));
  return Response.json(reply, { status: ERRORS[code].status, headers });
}

/** A reply whose fields programs of the outside read at the top: they stand there, and in `result` as everywhere. */
export function answerOpen(reply: Reply, status = 200): Response {
  if (!reply.ok) return answer(reply);
  const fields = typeof reply.result === "object" ? reply.result : {};
  return Response.json({ ...fields, ...reply }, { status });
}

/** Any thrown value as a response. */
export const refuse = (thrown: unknown): Response => answer(fail(thrown));

function retryAfter(details: unknown): number | undefined {
  if (typeof details !== "object" || details === null || !("retry_after_ms" in details)) return undefined;
  return typeof details.retry_after_ms === "number" ? details.retry_after_ms : undefined;
}
