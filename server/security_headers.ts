import type { IncomingMessage, ServerResponse } from "node:http";
import { PAGE_STYLE_HASH } from "./panel/index.ts";

/** On every response, errors included. */
const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "cache-control": "no-store",
} as const;

const policy = (parts: Readonly<Record<string, string>>) =>
  Object.entries(parts)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");

/** The panel's: its own files and nothing else; no inline script or style, no other host, in no frame. */
const PANEL_POLICY = policy({
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": `'self' '${PAGE_STYLE_HASH}'`,
  "img-src": "'self' blob: data:",
  "media-src": "'self' blob:",
  "font-src": "'self'",
  "connect-src": "'self'",
  "worker-src": "'self'",
  "manifest-src": "'self'",
  "frame-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
});

/**
 * Where diagrams are drawn: their library writes style elements, which the panel forbids; so it works in a frame of its own, that
 * can reach nothing and is shown by the panel alone.
 */
const DIAGRAM_PAGE = "/diagram";
const DIAGRAM_POLICY = policy({
  // The frame says so as well; whoever opens the page by itself is no less apart from the panel.
  sandbox: "allow-scripts",
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "data:",
  "font-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'self'",
});

export function setSecurityHeaders(incoming: IncomingMessage, outgoing: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) outgoing.setHeader(name, value);
  const framed = incoming.url === DIAGRAM_PAGE;
  outgoing.setHeader("content-security-policy", framed ? DIAGRAM_POLICY : PANEL_POLICY);
  outgoing.setHeader("x-frame-options", framed ? "SAMEORIGIN" : "DENY");
}
