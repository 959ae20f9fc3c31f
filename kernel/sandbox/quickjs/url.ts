import { LIMITS } from "./limits.ts";

/** The parts of a URL that the guest's `URL` class shows and may set. */
const PARTS = [
  "href",
  "origin",
  "protocol",
  "username",
  "password",
  "host",
  "hostname",
  "port",
  "pathname",
  "search",
  "hash",
] as const;

type Part = (typeof PARTS)[number];

/**
 * Parses a URL for a guest by the WHATWG rules. The request is JSON: `[href, base or null]`, or
 * `[href, null, part, value]` to set one part. The reply is the parts as a JSON object, undefined where the
 * URL is not valid.
 */
export function urlReply(request: string): string | undefined {
  if (request.length > LIMITS.url_length) return undefined;
  const [href, base, part, value] = JSON.parse(request) as [string, string | null, Part?, string?];
  const url = URL.parse(href, base ?? undefined);
  if (!url) return undefined;
  if (part !== undefined && part !== "origin" && PARTS.includes(part)) {
    if (part === "href") {
      const replaced = URL.parse(value ?? "");
      if (!replaced) return undefined;
      url.href = replaced.href;
    } else {
      url[part] = value ?? "";
    }
  }
  return JSON.stringify(Object.fromEntries(PARTS.map((name) => [name, url[name]])));
}
