import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { FieldworkError } from "#contract";

/** The own page under this Host, plain or behind TLS. */
const isOwn = ({ origin, host }: IncomingHttpHeaders): boolean =>
  origin === `http://${host}` || origin === `https://${host}`;

/**
 * Refuses what a page of another origin sent, by `Origin` and `Sec-Fetch-Site`. What comes from no page carries neither.
 * @throws FieldworkError `denied`
 */
export function checkOrigin(headers: IncomingHttpHeaders): void {
  const site = headers["sec-fetch-site"];
  const own = headers.origin === undefined || isOwn(headers);
  if (own && (site === undefined || site === "same-origin" || site === "none")) return;
  throw new FieldworkError("denied", "a page of another site may not call this server", {
    remedy: "Open the server's own page, or call it from a program with a token.",
  });
}

/** Types that a page of another origin cannot send without being asked first (a CORS preflight, which is refused). */
const UNFORGEABLE = /^application\/(json|zip|octet-stream)\s*(;|$)/i;

/**
 * A request that is believed for its cookie and changes something has to come from the own page, provably, and in a form that no
 * other page can send. @throws FieldworkError `denied`
 */
export function checkCookieRequest({ method = "GET", headers }: IncomingMessage): void {
  if (method === "GET" || method === "HEAD") return;
  const proven =
    isOwn(headers) || (headers.origin === undefined && headers["sec-fetch-site"] === "same-origin");
  const typed = method !== "POST" || UNFORGEABLE.test(headers["content-type"] ?? "");
  if (proven && typed) return;
  throw new FieldworkError(
    "denied",
    proven
      ? "with a session, what changes something is sent as JSON"
      : "with a session, what changes something is sent by the server's own page",
    {
      remedy: proven
        ? "Send it with the content type application/json."
        : "From a program, use an API token: fw token add NAME --scope SCOPE",
    },
  );
}
