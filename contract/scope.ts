import type { ScopeKind } from "./capability.ts";

/**
 * Does the scope of a grant cover a target?
 *
 * `*` covers everything. A prefix matches up to a boundary, never in the middle of a name.
 * - `target`, `tool`: dotted names; `notes` covers `notes` and `notes.sum`, `notes.*` and `note*` what begins so
 * - `program`, `secret`: exact, or `prefix*`
 * - `path`: the folder or file itself and all below it; `*` within one segment, `**` across segments
 * - `url`: same scheme, host and port, and a path prefix that ends at `/`, `?`, `#` or the end; a host may begin with `*.`
 */
export function scopeCovers(kind: ScopeKind, scope: string, target: string): boolean {
  if (scope === "*") return true;
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

function pathCovers(scope: string, target: string): boolean {
  const windows = /^[A-Za-z]:/.test(target);
  const clean = (path: string) => {
    const slashes = windows ? path.replaceAll("\\", "/").toLowerCase() : path;
    return slashes.length > 1 && slashes.endsWith("/") ? slashes.slice(0, -1) : slashes;
  };
  const pattern = clean(scope);
  const path = clean(target);
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
  const wildcard = scope.replace("://*.", "://wildcard-label.");
  const allowed = URL.parse(wildcard.includes("://") ? wildcard : `https://${wildcard}`);
  const asked = URL.parse(target);
  if (!allowed || !asked || asked.username || asked.password) return false;
  if (allowed.protocol !== asked.protocol || allowed.port !== asked.port) return false;
  const host = wildcard === scope ? allowed.hostname : allowed.hostname.replace("wildcard-label.", "*.");
  if (!hostCovers(host, asked.hostname)) return false;
  const prefix = allowed.pathname + allowed.search;
  const path = asked.pathname + asked.search;
  if (!path.startsWith(prefix)) return false;
  if (prefix.endsWith("/") || path.length === prefix.length) return true;
  return /[/?#&]/.test(path[prefix.length] ?? "");
}

function hostCovers(scope: string, host: string): boolean {
  const allowed = scope.toLowerCase();
  const asked = host.toLowerCase();
  return allowed.startsWith("*.") ? asked.endsWith(allowed.slice(1)) : asked === allowed;
}

function split(text: string, mark: string): [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
