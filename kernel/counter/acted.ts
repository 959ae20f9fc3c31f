import type { JsonObject, JsonValue } from "#contract";

const NAME_MAX_CHARS = 128;

/**
 * Whom an act of the owner is about, by the arguments that name a module or a conversation: what `owner.acted` tells, so that whoever
 * shows it knows to look again. Never what was given.
 */
export function actedOn(cap: string, args: JsonValue): JsonObject {
  if (typeof args !== "object" || args === null || Array.isArray(args)) return {};
  const named = args as JsonObject;
  const agent = [named.agent, named.module, named.to, cap.startsWith("agent.") ? named.id : undefined].find(
    isName,
  );
  return {
    ...(agent === undefined ? {} : { agent }),
    ...(isName(named.session) ? { session: named.session } : {}),
  };
}

const isName = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= NAME_MAX_CHARS;
