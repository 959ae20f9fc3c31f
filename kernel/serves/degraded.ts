import { moduleId } from "#contract";
import type { Guardian } from "../guardian/index.ts";
import type { Journal } from "../journal/index.ts";
import type { Registry } from "../modules/index.ts";

const NAMED_MOST = 5;

/**
 * What does not work just now, for those who work in it: a few short lines in our own words. Names of modules stand in it, nothing
 * that a module says of itself.
 */
export function degradedNow(parts: {
  readonly guardian: Pick<Guardian, "safeMode">;
  readonly journal: Pick<Journal, "failure">;
  readonly registry: Pick<Registry, "ids" | "info">;
}): string[] {
  const { guardian, journal, registry } = parts;
  const broken = registry
    .ids()
    .filter((id) => moduleId.safeParse(id).success && registry.info(id).state === "broken");
  const more = broken.length > NAMED_MOST ? ` and ${broken.length - NAMED_MOST} more` : "";
  return [
    ...(guardian.safeMode()
      ? ["everything that reaches outside or runs programs (safe mode, until the owner has mended the core)"]
      : []),
    ...(journal.failure() === undefined ? [] : ["the journal (it cannot be written)"]),
    ...(broken.length === 0 ? [] : [`the modules ${broken.slice(0, NAMED_MOST).join(", ")}${more} (broken)`]),
  ];
}
