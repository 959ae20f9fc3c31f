import type { Ask } from "../module.ts";

/** A grant as the server reads it: `capability`, or `capability:scope`. */
export const grantOf = ({ capability, scope }: Pick<Ask, "capability" | "scope">): string =>
  scope === "*" ? capability : `${capability}:${scope}`;

/** What is asked for, each once: required where any line requires it. */
export function distinct(asks: readonly Ask[]): readonly Ask[] {
  const byGrant = new Map<string, Ask>();
  for (const ask of asks) {
    const known = byGrant.get(grantOf(ask));
    byGrant.set(grantOf(ask), known ? { ...known, required: known.required || ask.required } : ask);
  }
  return [...byGrant.values()];
}

const STRONG = /^(exec|fs|http|secret|bus)\./;

/** Programs that do whatever they are told: to run one is to run any. */
const RUNS_ANYTHING =
  /(^|[/\\])(ba|da|z|fi|k|c|tc)?sh(\.exe)?$|(^|[/\\])(env|sudo|doas|xargs|busybox|node|deno|bun|python\d*(\.\d+)?|perl|ruby|php|osascript|cmd|powershell|pwsh)(\.exe)?$/i;

/** Not narrowed by anything, and able to do lasting harm. */
export const reachesFar = ({ capability, scope }: Ask): boolean =>
  (scope === "*" && STRONG.test(capability)) || (capability === "exec.run" && RUNS_ANYTHING.test(scope));

/** What is switched on before the owner has decided: what is held already, and what it cannot work without. */
export const proposed = (asks: readonly Ask[]): ReadonlySet<string> =>
  new Set(asks.filter((ask) => ask.known && (ask.given || ask.required)).map(grantOf));
