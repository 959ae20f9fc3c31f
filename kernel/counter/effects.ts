import type { Capability, JsonValue, Provider } from "#contract";

const OUTSIDE: ReadonlySet<string> = new Set(["network", "exec", "message", "money"]);
const QUIET: ReadonlySet<string> = new Set(["none", "read"]);

/** Does it reach beyond this machine's own data? */
export const reachesOutside = ({ effect }: Capability): boolean => OUTSIDE.has(effect);

/** Does it leave everything as it was? */
export const isQuiet = ({ effect }: Capability): boolean => QUIET.has(effect);

/** Does the same call again do no harm? */
export const mayRepeat = (provider: Provider, args: JsonValue): boolean =>
  provider.repeatable?.(args) ?? provider.capability.repeatable ?? isQuiet(provider.capability);
