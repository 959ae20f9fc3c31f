import type { ScopeKind } from "./capability.ts";

/**
 * Does the scope of a grant cover a target?
 *
 * `*` covers everything, an empty scope nothing. A prefix matches up to a boundary, never in the middle of a name.
 * - `target`, `tool`: dotted names; `notes` covers `notes` and `notes.sum`, `notes.*` and `note*` what begins so
 * - `program`, `secret`: exact, or `prefix*`
 * - `path`: the folder or file itself and all below it; `*` within one segment, `**` across segments; never a path with `..`
 * - `url`: same scheme, host and port, and a path prefix that ends at `/`, `?` or the end, a query at `&` or the end; a host may
 *   begin with `*.`; never a path that climbs (`..`), however it is encoded
 */
export function scopeCovers(kind: ScopeKind, scope: string, target: string): boolean {
  if (scope === "*") return true;
  if (scope === "") return false;
  switch (kind) {
    case "url":
      return urlCovers(scope, target);
    case "path":
      return pathCovers(scope, target);
    case "secret":
      return secretCovers(scope, target);
    case "target":
    case "tool":
      return nameCovers(scope, target) || target.startsWith(`${scope}.`);
    case "program":
      return nameCovers(scope, target);
  }
}

function nameCovers(scope: string, target: string): boolean {
  if (scope.endsWith("*")) return target.startsWith(scope.slice(0, -1));
  return target === scope;
}

/** A secret's target is `name@host`, or `name` where only the handle is asked for; a scope without a host covers every host the secret itself allows. */
function secretCovers(scope: string, target: string): boolean {
  const [scopeName, scopeHost] = split(scope, "@");
  const [name, host] = split(target, "@");
  if (!nameCovers(scopeName, name)) return false;
  return scopeHost === undefined || host === undefined || hostCovers(scopeHost, host);
}

/** `..` as a whole segment; some servers cut a segment at `;`. */
const CLIMBS = /(^|[/\\])\.\.([/\\;]|$)/;

function pathCovers(scope: string, target: string): boolean {
  const windows = /^[A-Za-z]:/.test(target);
  const clean = (path: string) => {
    const slashes = windows ? path.replaceAll("\\", "/").toLowerCase() : path;
    return slashes.length > 1 && slashes.endsWith("/") ? slashes.slice(0, -1) : slashes;
  };
  const pattern = clean(scope);
  const path = clean(target);
  if (CLIMBS.test(path)) return false;
  if (!pattern.includes("*"))
    return path === pattern || path.startsWith(pattern === "/" ? "/" : `${pattern}/`);
  return globCovers(pattern.split("/"), path.split("/"));
}

function globCovers(pattern: readonly string[], path: readonly string[]): boolean {
  if (pattern.length > 64 || path.length > 256) return false;
  let reachable = new Set([0]);
  for (const segment of path) {
    const next = new Set<number>();
    for (const at of spread(pattern, reachable)) {
      const part = pattern[at];
      if (part === undefined) next.add(at);
      else if (part === "**") next.add(at);
      else if (segmentCovers(part, segment)) next.add(at + 1);
    }
    reachable = next;
  }
  return [...spread(pattern, reachable)].some((at) => at >= pattern.length);
}

function spread(pattern: readonly string[], from: ReadonlySet<number>): Set<number> {
  const all = new Set(from);
  for (const at of all) if (pattern[at] === "**") all.add(at + 1);
  return all;
}

/** `*` inside one segment, without backtracking beyond the last star. */
function segmentCovers(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  if (parts.length === 1) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const last = parts.at(-1) ?? "";
  return text.length - at >= last.length && text.endsWith(last);
}

function urlCovers(scope: string, target: string): boolean {
  const allowed = URL.parse(scope.includes("://") ? scope : `https://${scope}`);
  const asked = URL.parse(target);
  if (!allowed || !asked) return false;
  if (allowed.username || allowed.password || asked.username || asked.password) return false;
  if (allowed.protocol !== asked.protocol || allowed.port !== asked.port) return false;
  if (!hostCovers(allowed.hostname, asked.hostname)) return false;
  if (allowed.search !== "") {
    if (allowed.pathname !== asked.pathname || !asked.search.startsWith(allowed.search)) return false;
    return asked.search.length === allowed.search.length || asked.search[allowed.search.length] === "&";
  }
  if (allowed.pathname === "/") return true;
  if (!asked.pathname.startsWith(allowed.pathname) || CLIMBS.test(unmasked(asked.pathname))) return false;
  if (allowed.pathname.endsWith("/") || asked.pathname.length === allowed.pathname.length) return true;
  return asked.pathname[allowed.pathname.length] === "/";
}

/** Dots and slashes that are percent-encoded, once or several times, as themselves: a server may decode them. */
function unmasked(path: string): string {
  return path.replace(/%(?:25)*2e/gi, ".").replace(/%(?:25)*(?:2f|5c)/gi, "/");
}

function hostCovers(scope: string, host: string): boolean {
  const allowed = scope.toLowerCase();
  const asked = host.toLowerCase();
  if (!allowed.startsWith("*.")) return asked === allowed;
  return allowed.length > 2 && asked.length >= allowed.length && asked.endsWith(allowed.slice(1));
}

function split(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
