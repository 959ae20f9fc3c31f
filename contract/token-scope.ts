import { z } from "zod";
import type { Capability } from "./capability.ts";

/**
 * What an API token may ask for: one capability (`agent.list`), a family (`session.*`), `read` for all that only reads, or `*`.
 * What is guarded (the account itself) is covered by its name or its family alone.
 */
export const tokenScope = z
  .string()
  .max(64)
  .regex(/^(\*|read|[a-z]+(\.[a-z_]+)*(\.\*)?)$/, "a scope is `agent.list`, `session.*`, `read` or `*`");

export const tokenScopes = z.array(tokenScope).min(1).max(64);

type Asked = Pick<Capability, "name" | "effect" | "guarded">;

/** Does one of these scopes cover the capability? */
export const scopesCover = (scopes: readonly string[], asked: Asked): boolean =>
  scopes.some((scope) => covers(scope, asked));

function covers(scope: string, { name, effect, guarded }: Asked): boolean {
  if (scope === "*") return guarded !== true;
  if (scope === "read") return guarded !== true && effect === "read";
  return isWithin(name, scope);
}

const isWithin = (name: string, scope: string): boolean =>
  name === scope || (scope.endsWith(".*") && name.startsWith(scope.slice(0, -1)));

/**
 * The first of the scopes that is more than these cover, now or when the catalogue has grown; `undefined` when none is.
 * @param catalogue  every capability there is
 */
export function scopeBeyond(
  asked: readonly string[],
  held: readonly string[],
  catalogue: Iterable<Asked>,
): string | undefined {
  const all = [...catalogue];
  return asked.find((scope) => !held.some((one) => includes(one, scope, all)));
}

function includes(held: string, asked: string, all: readonly Asked[]): boolean {
  if (held === asked || isWithin(asked, held)) return true;
  if (asked === "*") return false;
  if (asked === "read") return held === "*";
  const members = all.filter(({ name }) => isWithin(name, asked));
  const family = asked.endsWith(".*");
  if (held === "*") return members.every((one) => covers(held, one));
  return held === "read" && !family && members.length > 0 && members.every((one) => covers(held, one));
}
